{#- Plans of which the index is not the sum of its variables, each the share of its sub-items, or lies outside its
    band, and items without words that earned them. #}
{% test policy_index_adds_up(model) %}
with variables as (
    select
        plan_key,
        variable_key,
        avg(value) as variable_value
    from {{ model }}
    group by plan_key, variable_key
),

sums as (
    select
        plan_key,
        sum(variable_value) as index_value
    from variables
    group by plan_key
)

select rows_of_plan.*
from {{ model }} as rows_of_plan
inner join sums on rows_of_plan.plan_key = sums.plan_key
where
    abs(rows_of_plan.index_value - sums.index_value) > 1e-9
    or rows_of_plan.index_value not between rows_of_plan.index_low - 1e-9 and rows_of_plan.index_high + 1e-9
    or (rows_of_plan.value = 1) != (rows_of_plan.sentence_zh is not null)
{% endtest %}
