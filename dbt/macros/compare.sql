{#- Comparisons that know empty answers. #}

{% macro same_or_both_null(found, expected) -%}
    coalesce({{ found }} = {{ expected }}, {{ found }} is null and {{ expected }} is null)
{%- endmacro %}

{#- The same names in any order; no list is an empty list. -#}
{% macro same_names(found, expected) -%}
    list_sort(coalesce({{ found }}, [])) = list_sort(coalesce({{ expected }}, []))
{%- endmacro %}
