{#- Forms of measures that an indicator takes, by its basis: also forms that turn out not comparable (a level beside a
    yearly flow), so that the analyst sees them with the reason. -#}
{% macro forms_of_basis(basis) -%}
    case {{ basis }}
        when 'growth_per_year' then 'growth_annual|growth_total'
        when 'share' then 'share'
        when 'multiple' then 'multiple'
        else 'level|flow'
    end
{%- endmacro %}

{#- Unit of an indicator's axis: the base unit and what it is per, in one of the languages of `axis_words`. -#}
{% macro axis_unit(unit, basis, language) -%}
    {{ unit }} || case {{ basis }}
    {%- for key, words in axis_words().items() %}
        when '{{ key }}' then '{{ words[language] }}'
    {%- endfor %}
        else ''
    end
{%- endmacro %}

{#- What a value of an axis is per, by basis: as part of a code, in Chinese and in English. -#}
{% macro axis_words() -%}
    {{ return({
        'growth_per_year': {'code': '_per_year', 'zh': '/年', 'en': '/yr'},
        'per_year': {'code': '_per_year', 'zh': '/年', 'en': ' per year'},
        'per_recipient': {'code': '_per_recipient', 'zh': '/单位', 'en': ' per recipient'},
        'per_recipient_year': {'code': '_per_recipient_year', 'zh': '/单位·年', 'en': ' per recipient and year'},
        'per_item': {'code': '_per_item', 'zh': '/件', 'en': ' per item'},
    }) }}
{%- endmacro %}
