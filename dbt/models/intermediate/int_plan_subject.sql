-- Whether a plan is on intellectual property: it says so in its title (which may be missing) or in most of its
-- provisions. Also what its place is called.
with rights as (
    select string_agg(term_zh, '|' order by term_zh asc) filter (where speaks_of_ip) as any_right
    from {{ ref('right_terms') }}
)

select
    documents.plan_key,
    coalesce(documents.title_folded_zh, '') as title_zh,
    coalesce(any_value(places.name_zh), any_value(documents.jurisdiction_name_zh)) as place_zh,
    coalesce(
        bool_or(regexp_matches(documents.title_folded_zh, rights.any_right))
        or avg(case when regexp_matches(provisions.text_folded_zh, rights.any_right) then 1 else 0 end) > 0.5,
        false
    ) as is_on_ip
from {{ ref('stg_documents') }} as documents
cross join rights
left join {{ ref('jurisdictions') }} as places on documents.jurisdiction_key = places.adcode
left join {{ ref('stg_provisions') }} as provisions on documents.plan_key = provisions.plan_key
group by documents.plan_key, documents.title_folded_zh
