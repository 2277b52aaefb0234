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
