{#- The functions that databases name differently, in DuckDB's words: another database is another body here. -#}

{#- True where a regular expression (RE2) fits somewhere in a text. -#}
{% macro matches(text, pattern) -%}
    regexp_matches({{ text }}, {{ pattern }})
{%- endmacro %}

{#- True where a text holds a plain word. -#}
{% macro holds(text, word) -%}
    contains({{ text }}, {{ word }})
{%- endmacro %}

{#- What a regular expression, or one of its groups, fits first; an empty text where it does not fit. -#}
{% macro first_match(text, pattern, group=0) -%}
    regexp_extract({{ text }}, {{ pattern }}, {{ group }})
{%- endmacro %}

{#- A text with everything replaced that a regular expression fits. -#}
{% macro replace_matches(text, pattern, by) -%}
    regexp_replace({{ text }}, {{ pattern }}, {{ by }}, 'g')
{%- endmacro %}

{#- True for an item of a text such as `a|b|c`. -#}
{% macro is_listed(item, list) -%}
    list_contains(string_split({{ list }}, '|'), {{ item }})
{%- endmacro %}

{#- True for the same items in any order; no list is an empty list. -#}
{% macro same_items(found, expected) -%}
    list_sort(coalesce({{ found }}, [])) = list_sort(coalesce({{ expected }}, []))
{%- endmacro %}

{#- Aggregate: the value in the row where another column is least. -#}
{% macro value_at_least(value, column) -%}
    arg_min({{ value }}, {{ column }})
{%- endmacro %}

{#- A number with two decimals and thousands set apart. -#}
{% macro with_two_decimals(value) -%}
    format('{:,.2f}', cast({{ value }} as double))
{%- endmacro %}

{#- A date as text, 2024-01-31. -#}
{% macro iso_date(date) -%}
    strftime({{ date }}, '%Y-%m-%d')
{%- endmacro %}

{#- The year of a date. -#}
{% macro year_of(date) -%}
    cast(extract(year from {{ date }}) as integer)
{%- endmacro %}
