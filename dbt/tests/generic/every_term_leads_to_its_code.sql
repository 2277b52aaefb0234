{#- Terms whose example leads to another code than theirs, or to none: one that another overrules, or that its
    neighbours undo, names nothing. #}
{% test every_term_leads_to_its_code(model) %}
with led as (
    select
        terms.facet,
        terms.facet_key,
        terms.term_zh,
        terms.example_zh,
        matches.facet_key as found_key
    from {{ ref('facet_terms') }} as terms
    left join {{ model }} as matches
        on
            terms.example_zh = matches.text_zh
            and terms.facet = matches.facet
    left join {{ ref('int_facet') }} as nodes
        on
            matches.facet = nodes.facet
            and matches.facet_key = nodes.facet_key
    qualify row_number() over (
        partition by terms.facet, terms.facet_key, terms.term_zh, terms.with_zh
        order by
            coalesce(nodes.is_actor, false) asc,
            matches.char_end desc,
            matches.char_end - matches.char_start desc,
            matches.with_length desc,
            -- Two objects may have one word, of which the counter decides: 培训 of 人次 and of 场.
            coalesce(matches.facet_key = terms.facet_key, false) desc,
            nodes.depth desc
    ) = 1
)

select *
from led
where coalesce(facet_key != found_key, true)
{% endtest %}
