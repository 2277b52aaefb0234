-- Shares that one ratio gives to several sides (8∶2) and that are not the whole.
select
    plan_key,
    char_start,
    any_value(quote_zh) as quote_zh,
    sum(value) as total
from {{ ref('fct_measure') }}
where kind = 'allocation' and unit_key = 'percent'
group by plan_key, char_start
having count(*) > 1 and abs(sum(value) - 100) > 0.01
