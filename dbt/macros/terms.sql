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
