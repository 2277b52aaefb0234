{#- Rules on folded text that more than one model needs. #}

{#- A list of three or more kinds of rights that begins with 专利 ("专利、商标、版权等") stands for all of them, not for
    each. -#}
{% macro without_lists_of_rights(text) -%}
    regexp_replace(
        {{ text }},
        '专利(、(商标|版权|著作权|地理标志|植物新品种|集成电路布图设计|商业秘密|品牌|标准|科技文献)){2,}',
        '知识产权',
        'g'
    )
{%- endmacro %}

{#- True where a text speaks of intellectual property; general words such as 培训 or 保险 say nothing elsewhere. -#}
{% macro speaks_of_ip(text) -%}
    coalesce(
        regexp_matches({{ text }}, '知识产权|专利|商标|版权|著作权|地理标志|植物新品种|商业秘密|集成电路布图'), false
    )
{%- endmacro %}
