{#- Titles of documents. #}

{#- The title of a plan itself: without issuer, without the notice that prints it (关于印发《…》的通知) and without the
    years in brackets behind it. #}
{% macro own_title(title) -%}
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace({{ title }}, '\s', '', 'g'), '^.*印发(?:关于)?[《<〈]?(.+?)[》>〉]?(?:的)?通知$', '\1'
            ),
            '[((][0-9][^()()]*[))]$',
            ''
        ),
        '^[^关]{0,40}关于',
        ''
    )
{%- endmacro %}
