{#- Arithmetic of comparability (docs: comparability). #}

{#- Growth in percent over some years as growth in percent per year: (1 + g)^(1/n) - 1. -#}
{% macro annual_growth(percent, years) -%}
    (power(1 + {{ percent }} / 100.0, 1.0 / {{ years }}) - 1) * 100
{%- endmacro %}

{#- A number without trailing zeros, with at most two decimals, for formulas. -#}
{% macro short_number(value) -%}
    regexp_replace(regexp_replace(printf('%.2f', cast({{ value }} as double)), '(\.\d*?)0+$', '\1'), '\.$', '')
{%- endmacro %}

{#- A value for one million residents; null where the residents are not known. -#}
{% macro per_million(value, population) -%}
    {{ value }} * 1000000.0 / nullif({{ population }}, 0)
{%- endmacro %}

{#- The arithmetic of a rescaled growth, as printed on charts. -#}
{% macro annual_growth_formula(percent, years) -%}
    concat(
        '(1+', {{ short_number(percent) }}, '%)^(1/', {{ years }}, ')−1 = ',
        printf('%.2f', {{ annual_growth(percent, years) }}), ' %/yr'
    )
{%- endmacro %}

{#- The arithmetic of a total spread over years, as printed on charts. -#}
{% macro yearly_share_formula(total, years) -%}
    concat({{ short_number(total) }}, ' ÷ ', {{ years }}, ' = ', {{ short_number(total ~ ' / ' ~ years) }}, ' /yr')
{%- endmacro %}
