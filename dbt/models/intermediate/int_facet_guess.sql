-- For words that name no object, the three objects whose names share the most pairs of characters with them, so that an
-- analyst sees where a term may be wanting.
with texts as (
    select distinct measures.indicator_text_zh as text_zh
    from {{ ref('stg_measures') }} as measures
    inner join {{ ref('int_measure_facet') }} as facets on measures.measure_key = facets.measure_key
    where facets.object_key is null and measures.indicator_text_zh != ''
),

spelled as (
    select
        text_zh,
        list_distinct(list_transform(range(1, length(text_zh)), lambda place: substr(text_zh, place, 2))) as pairs
    from texts
),

named as (
    select
        facet_key,
        name_zh,
        list_distinct(list_transform(range(1, length(name_zh)), lambda place: substr(name_zh, place, 2))) as pairs
    from {{ ref('int_facet') }}
    where facet = 'object'
),

likened as (
    select
        spelled.text_zh,
        named.facet_key,
        named.name_zh,
        len(list_intersect(spelled.pairs, named.pairs)) as shared,
        len(named.pairs) as of_all
    from spelled
    cross join named
)

select
    text_zh,
    string_agg(name_zh || ' ' || facet_key, '、' order by shared desc, of_all asc, facet_key asc) as guesses_zh
from (
    select *
    from likened
    where shared > 0
    qualify row_number() over (partition by text_zh order by shared desc, of_all asc, facet_key asc) <= 3
) as nearest
group by text_zh
