{#- Measures whose unit is of another family than that of their indicator; `unmapped` has none of its own.
    `other` is as printed, so its counter says whether it can count things or organisations (30个, 671次). #}
{% test unit_follows_indicator(model, unit_column) %}
select measures.measure_key
from {{ model }} as measures
inner join {{ ref('dim_indicator') }} as indicators on measures.indicator_key = indicators.indicator_key
inner join {{ ref('dim_unit') }} as stated on measures.{{ unit_column }} = stated.unit_key
inner join {{ ref('dim_unit') }} as meant on indicators.unit_key = meant.unit_key
where
    measures.indicator_key != 'unmapped'
    and stated.family != meant.family
    and not (
        stated.family = 'other'
        and meant.family in ('thing', 'organisation')
        and (
            {{ is_open_counter(printed_counter('measures.value_text')) }}
            or {{ is_deal_counter(printed_counter('measures.value_text')) }}
        )
    )
{% endtest %}
