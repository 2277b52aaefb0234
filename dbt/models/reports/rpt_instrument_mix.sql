-- Plan by instrument: in how many provisions it is used, and its share of all uses of instruments in the plan.
with uses as (
    select
        provisions.plan_key,
        instruments.instrument_key,
        count(*) as provisions,
        count(*) filter (where instruments.rank = 1) as leading_provisions
    from {{ ref('bridge_provision_x_instrument') }} as instruments
    inner join {{ ref('fct_provision') }} as provisions on instruments.provision_key = provisions.provision_key
    group by provisions.plan_key, instruments.instrument_key
),

grid as (
    select
        plans.plan_key,
        plans.jurisdiction_key,
        instruments.instrument_key,
        instruments.side
    from {{ ref('dim_plan') }} as plans
    cross join {{ ref('dim_instrument') }} as instruments
)

select
    grid.plan_key,
    grid.jurisdiction_key,
    grid.instrument_key,
    grid.side,
    coalesce(uses.provisions, 0)::integer as provisions,
    coalesce(uses.leading_provisions, 0)::integer as leading_provisions,
    100.0 * coalesce(uses.provisions, 0) / nullif(sum(uses.provisions) over (partition by grid.plan_key), 0)
        as share_of_uses
from grid
left join uses on grid.plan_key = uses.plan_key and grid.instrument_key = uses.instrument_key
