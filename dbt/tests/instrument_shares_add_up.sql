-- Plans whose instruments, or plans and themes whose instruments, do not add up to all that is used.
with summed as (
    select
        plan_key,
        theme_key,
        sum(share_of_uses) over (partition by plan_key) as total,
        sum(share_of_theme_uses) over (partition by plan_key, theme_key) as theme_total
    from {{ ref('rpt_instrument_mix') }}
)

select distinct
    plan_key,
    theme_key,
    total,
    theme_total
from summed
where abs(total - 100) > 0.000001 or abs(theme_total - 100) > 0.000001
