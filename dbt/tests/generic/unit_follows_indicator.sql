{#- Measures whose unit is not the unit of their indicator; `unmapped` has none of its own. #}
{% test unit_follows_indicator(model, unit_column) %}
select measures.measure_key
from {{ model }} as measures
inner join {{ ref('dim_indicator') }} as indicators on measures.indicator_key = indicators.indicator_key
where
    measures.indicator_key != 'unmapped'
    and measures.{{ unit_column }} != indicators.unit_key
{% endtest %}
