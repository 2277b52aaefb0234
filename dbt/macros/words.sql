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

{#- The class of the characters that only join words. #}
{% macro grammar() -%}
    [的新在以并与和或且由经被为将等及其各每该至对按仅均内中后前上下已可向从到就也需应年月日项件次家个名人户单笔场届期共约达量额数类再并不]
{%- endmacro %}
