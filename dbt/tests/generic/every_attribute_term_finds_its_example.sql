{#- Terms that do not tell their code in their own example, because it is not found there, is undone, or another code of
    the attribute goes before it; and codes that no vocabulary has. #}
{% test every_attribute_term_finds_its_example(model) %}
with found as (
    select
        examples.attribute,
        examples.code,
        examples.term_zh,
        examples.example_zh,
        bool_or(terms.term_zh = examples.term_zh and terms.code = examples.code) as is_found,
        min(terms.term_rank) = min(examples.term_rank) as is_first
    from {{ model }} as examples
    left join {{ model }} as terms
        on
            examples.attribute = terms.attribute
            and examples.searched_in = terms.searched_in
            and regexp_matches(examples.example_zh, terms.term_zh)
            and (
                coalesce(terms.unless_zh, '') = ''
                or not regexp_matches(examples.example_zh, terms.unless_zh)
            )
    group by examples.attribute, examples.code, examples.term_zh, examples.example_zh
)

select *
from found
where not coalesce(is_found and is_first, false)
union all
select
    terms.attribute,
    terms.code,
    terms.term_zh,
    terms.example_zh,
    false as is_found,
    false as is_first
from {{ model }} as terms
left join {{ ref('codes') }} as codes
    on
        terms.attribute = codes.vocabulary
        and terms.code = codes.code
left join {{ ref('themes') }} as themes on terms.code = themes.theme_key
where
    codes.code is null
    and not (starts_with(terms.attribute, 'remit_of_') and (terms.code = 'all' or themes.theme_key is not null))
    and not (terms.attribute = 'reach' and terms.code = 'wider')
{% endtest %}
