{#- Arithmetic of comparability (docs/comparison.md). #}

{#- Growth in percent over some years as growth in percent per year: (1 + g)^(1/n) - 1. -#}
{% macro annual_growth(percent, years) -%}
    (power(1 + {{ percent }} / 100.0, 1.0 / {{ years }}) - 1) * 100
{%- endmacro %}

{#- A number with two decimals and thousands set apart, for formulas. -#}
{% macro with_two_decimals(value) -%}
    format('{:,.2f}', cast({{ value }} as double))
{%- endmacro %}

{#- A number with at most two decimals, one below a hundredth with six, without trailing zeros, for formulas. -#}
{% macro short_number(value) -%}
    regexp_replace(
        regexp_replace(
            case
                when abs({{ value }}) < 0.01 then format('{:,.6f}', cast({{ value }} as double))
                else {{ with_two_decimals(value) }}
            end,
            '(\.\d*?)0+$', '\1'
        ),
        '\.$', ''
    )
{%- endmacro %}

{#- A value for one million residents; null where the residents are not known. -#}
{% macro per_million(value, population) -%}
    {{ value }} * 1000000.0 / nullif({{ population }}, 0)
{%- endmacro %}

{#- What follows a number in a formula: the unit where it is no plain count, and what it is per. -#}
{% macro formula_unit(unit, basis) -%}
    case {{ unit }} when 'CNY' then ' CNY' when 'percent' then ' %' else '' end
    || case
        when {{ basis }} in ('growth_per_year', 'per_year') and {{ unit }} in ('CNY', 'percent') then '/yr'
        when {{ basis }} in ('growth_per_year', 'per_year') then ' /yr'
        else ''
    end
{%- endmacro %}

{#- The arithmetic of a rescaled growth, as printed on charts. -#}
{% macro annual_growth_formula(percent, years) -%}
    concat(
        '(1+', {{ short_number(percent) }}, '%)^(1/', {{ years }}, ')−1 = ',
        {{ with_two_decimals(annual_growth(percent, years)) }}, ' %/yr'
    )
{%- endmacro %}

{#- The arithmetic of a total spread over years, as printed on charts. -#}
{% macro yearly_share_formula(total, years, unit) -%}
    concat(
        {{ short_number(total) }}, ' ÷ ', {{ years }}, ' = ', {{ short_number(total ~ ' / ' ~ years) }},
        {{ formula_unit(unit, "'per_year'") }}
    )
{%- endmacro %}

{#- What the printed figure is in the base unit, magnitudes such as 万 and 亿 written out. -#}
{% macro value_formula(value_text, value, unit, basis) -%}
    concat({{ value_text }}, ' = ', {{ short_number(value) }}, {{ formula_unit(unit, basis) }})
{%- endmacro %}

{#- A change with its sign, for formulas. -#}
{% macro signed_number(value) -%}
    case when {{ value }} > 0 then '+' else '' end || {{ short_number(value) }}
{%- endmacro %}

{#- What follows a change in a formula: points of a percentage, yuan. -#}
{% macro change_unit(unit) -%}
    case {{ unit }} when 'CNY' then ' CNY' when 'percent' then ' pp' else '' end
{%- endmacro %}
