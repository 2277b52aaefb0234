-- Plans whose instruments, or plans and themes whose instruments, do not add up to all that is used.
select
    plan_key,
    sum(share_of_uses) as total
from {{ ref('rpt_instrument_mix') }}
group by plan_key
having abs(sum(share_of_uses) - 100) > 0.000001
union all
select
    plan_key || ' ' || theme_key as plan_key,
    sum(share_of_theme_uses) as total
from {{ ref('rpt_instrument_mix') }}
group by plan_key, theme_key
having abs(sum(share_of_theme_uses) - 100) > 0.000001
