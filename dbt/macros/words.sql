{#- Verbatim pieces of long texts, cut where their clauses end. #}

{#- From the beginning of the clause that a character stands in, as many whole clauses as there is room for, without the
    dash of a list: always a piece of the text as printed. #}
{% macro clauses_from(text, position, most) -%}
    case
        when length({{ text }}) <= {{ most }} then regexp_replace({{ text }}, '^[ \t\n—–]+', '')
        else
            regexp_replace(
                rtrim(
                    regexp_replace(
                        substring(
                            {{ text }},
                            {{ position }}
                            - length(regexp_extract(substring({{ text }}, 1, {{ position }} - 1), '[^,，、;；:：。\t\n]*$')),
                            {{ most }}
                        ),
                        -- What is cut within a clause goes, if a whole one stands before it.
                        '^(.{20,})[,，、;；:：。\t\n][^,，、;；:：。\t\n]*$',
                        '\1',
                        's'
                    ),
                    ',，、;；:： '
                ),
                '^[ \t\n—–]+',
                ''
            )
    end
{%- endmacro %}

{#- The characters that only join words, as the inside of a class: before a word also those that count (家企业), after
    it also those that say where and how much (企业中, 企业数). 中关村 and 市场 keep their ends. #}
{% macro joining() -%}
    的新在以并与和或且由经被为将等及其各每该至对按仅均已可向从到就也需应年月日项件次个名户共约达再不
{%- endmacro %}

{% macro grammar() -%}
    [{{ joining() }}人家单笔场届期内中后前上下量额数类]
{%- endmacro %}

{% macro grammar_before() -%}
    [{{ joining() }}家单笔场届期]
{%- endmacro %}

{% macro grammar_after() -%}
    [{{ joining() }}内中后前上下量额数类]
{%- endmacro %}
