{#- Rules on folded text that more than one model needs. #}

{#- Cuts a provision before the line that names the offices in charge of it: names of offices are no policy. -#}
{% macro without_agency_lines(text) -%}
    regexp_replace({{ text }}, '(?s)[((]?(责任单位|牵头单位|配合单位|主办单位|协办单位)[::].*$', '')
{%- endmacro %}

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

{#- True for a term that is a regular expression and not a plain word. -#}
{% macro is_pattern(term) -%}
    regexp_matches({{ term }}, '[.|()\[\]?*+{}^$\\]')
{%- endmacro %}

{#- True where a term of a seed occurs in a text. A plain word is searched as it is, which is much faster;
    is_pattern is asked once for each term, not for each text. -#}
{% macro has_term(text, terms) -%}
    case
        when {{ terms }}.is_pattern then regexp_matches({{ text }}, {{ terms }}.term_zh)
        else contains({{ text }}, {{ terms }}.term_zh)
    end
{%- endmacro %}

{#- The words of a text in which a term of a seed occurs: what an analyst reads in place of a regular expression. -#}
{% macro words_of_term(text, terms) -%}
    case when {{ terms }}.is_pattern then regexp_extract({{ text }}, {{ terms }}.term_zh) else {{ terms }}.term_zh end
{%- endmacro %}
