{#- Words and patterns (RE2) of the seeds of terms. #}

{#- The longest word that every match of a pattern has: what stands outside its groups, classes and options. #}
{% macro longest_word(pattern) -%}
    substr(
        list_max(
            list_transform(
                string_split_regex(
                    regexp_replace(
                        regexp_replace(regexp_replace({{ pattern }}, '\\.', '.', 'g'), '\([^()]*\)', '.', 'g'),
                        '\([^()]*\)|\[[^\]]*\]|\{[0-9,]*\}|[^()][?*]',
                        '.',
                        'g'
                    ),
                    '[^\p{Han}A-Za-z0-9]+'
                ),
                lambda word: format('{:03d}', length(word)) || word
            )
        ),
        4
    )
{%- endmacro %}

{#- The words of which every match of a pattern has one: of each of its alternatives (a|b) the longest word outside
    groups, classes and options; '' for an alternative without any. A plain search for them is much faster. #}
{% macro needed_words(pattern) -%}
    list_transform(
        string_split(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(
                            regexp_replace({{ pattern }}, '\[[^\]]*\]', '.', 'g'), '\([^()]*\)', '.', 'g'
                        ),
                        '\([^()]*\)',
                        '.',
                        'g'
                    ),
                    '\([^()]*\)',
                    '.',
                    'g'
                ),
                '[^()|][?*]|\{[0-9,]*\}',
                '.',
                'g'
            ),
            '|'
        ),
        lambda alternative: coalesce(
            substr(
                list_max(
                    list_transform(
                        string_split_regex(alternative, '[^\p{Han}A-Za-z0-9]+'),
                        lambda word: format('{:03d}', length(word)) || word
                    )
                ),
                4
            ),
            ''
        )
    )
{%- endmacro %}

{#- Whether a text has one of the words that a pattern needs. #}
{% macro may_match(text, words) -%}
    list_contains({{ words }}, '')
    or len(list_filter({{ words }}, lambda word: contains({{ text }}, word))) > 0
{%- endmacro %}

{#- Whether a text says what a term of `attribute_terms` names: its pattern is there, and none that undoes it. #}
{% macro says(text, terms) -%}
    case
        when {{ may_match(text, terms ~ '.needed_zh') }}
            then
                regexp_matches({{ text }}, {{ terms }}.term_zh)
                and ({{ terms }}.undone_by is null or not regexp_matches({{ text }}, {{ terms }}.undone_by))
        else false
    end
{%- endmacro %}

{#- A text with each list of kinds of rights as 知识产权. DuckDB compiles a pattern of a column anew for each row, which
    takes a hundred times as long as to see that the text has no such list. #}
{% macro with_rights_as_one(text, list_of_rights) -%}
    case
        when contains({{ text }}, '专利、') then regexp_replace({{ text }}, {{ list_of_rights }}, '知识产权', 'g')
        else {{ text }}
    end
{%- endmacro %}
