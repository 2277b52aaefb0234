{#- Units that the seed has no name for are `other`, as printed: their counter says what they can count. -#}

{#- The counter behind a printed figure (12天, 3 个工作日, 1.3万次): '' for a bare one. 日 are 天, 个月 are 月. -#}
{% macro printed_counter(value_text) -%}
    regexp_replace(
        regexp_replace(
            regexp_replace(
                translate({{ value_text }}, '個處週', '个处周'),
                '^.*[0-9０-９〇零一二三四五六七八九十两兩百千万亿萬億余餘多]|\s',
                '',
                'gs'
            ),
            '^个(.+)$',
            '\1'
        ),
        '^日$',
        '天'
    )
{%- endmacro %}

{#- Counters that leave open what they count (30个, 12处, a bare figure of a table). -#}
{% macro is_open_counter(counter) -%}
    {{ counter }} in ('', '个', '处', '座')
{%- endmacro %}

{#- Counters of deals: a transfer that is counted in 次 is one deal. -#}
{% macro is_deal_counter(counter) -%}
    {{ counter }} in ('', '次', '起')
{%- endmacro %}

{#- Counters of time in which something is done. -#}
{% macro is_time_counter(counter) -%}
    {{ counter }} in ('工作日', '天', '月', '小时', '分钟')
{%- endmacro %}
