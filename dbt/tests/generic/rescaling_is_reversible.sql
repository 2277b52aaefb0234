{#- Comparable values that do not lead back to the stated value: growth compounds over the years, a yearly share of a
    total adds up to it, and what was not rescaled is as stated. A value that is not comparable must be null. #}
{% test rescaling_is_reversible(model) %}
select
    measure_key,
    stated_value,
    comparable_value
from {{ model }}
where
    (comparability = 'not_comparable') != (comparable_value is null)
    or abs(
        stated_value - case
            when not is_rescaled then comparable_value
            when form = 'growth_total' then (power(1 + comparable_value / 100, years) - 1) * 100
            else comparable_value * years
        end
    ) > 0.0001 * greatest(abs(stated_value), 1)
{% endtest %}
