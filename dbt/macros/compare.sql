{#- Comparisons that know empty answers. #}

{% macro same_or_both_null(found, expected) -%}
    coalesce({{ found }} = {{ expected }}, {{ found }} is null and {{ expected }} is null)
{%- endmacro %}

{#- Is a number equal to another, above or below it? Null where one is missing; what arithmetic leaves behind is no
    difference. #}
{% macro relation_of(value, other) -%}
    case
        when abs({{ value }} - {{ other }}) <= 1e-9 * abs({{ other }}) then 'equal'
        when {{ value }} > {{ other }} then 'above'
        when {{ value }} < {{ other }} then 'below'
    end
{%- endmacro %}
