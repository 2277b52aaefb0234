-- Plan by theme and instrument: in how many provisions of the theme the instrument is used, and its share of all uses
-- of instruments in the plan and in the theme.
with uses as (
    select
        provisions.plan_key,
        provisions.theme_key,
        instruments.instrument_key,
        count(*) as provisions,
        count(*) filter (where instruments.rank = 1) as leading_provisions
    from {{ ref('bridge_provision_x_instrument') }} as instruments
    inner join {{ ref('fct_provision') }} as provisions on instruments.provision_key = provisions.provision_key
    group by provisions.plan_key, provisions.theme_key, instruments.instrument_key
)

select
    uses.plan_key,
    plans.jurisdiction_key,
    uses.theme_key,
    uses.instrument_key,
    instruments.side,
    cast(uses.provisions as integer) as provisions,
    cast(uses.leading_provisions as integer) as leading_provisions,
    100.0 * uses.provisions / sum(uses.provisions) over (partition by uses.plan_key) as share_of_uses,
    100.0 * uses.provisions / sum(uses.provisions) over (partition by uses.plan_key, uses.theme_key)
        as share_of_theme_uses
from uses
inner join {{ ref('dim_plan') }} as plans on uses.plan_key = plans.plan_key
inner join {{ ref('dim_instrument') }} as instruments on uses.instrument_key = instruments.instrument_key
