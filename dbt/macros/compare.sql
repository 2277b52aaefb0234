{#- Comparisons that know empty answers. #}

{% macro same_or_both_null(found, expected) -%}
    coalesce({{ found }} = {{ expected }}, {{ found }} is null and {{ expected }} is null)
{%- endmacro %}
