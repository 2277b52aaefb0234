-- The codes of each measure with the words that told them.
with facets as (
    select
        facets.measure_key,
        unnest([
            {facet: 'object', facet_key: object_key, words_zh: object_words_zh, found_in: object_found_in},
            {facet: 'event', facet_key: event_key, words_zh: event_words_zh, found_in: event_found_in},
            {facet: 'quantity', facet_key: quantity_key, words_zh: quantity_words_zh, found_in: null},
            {facet: 'grade', facet_key: grade_key, words_zh: grade_words_zh, found_in: null},
            {facet: 'locus', facet_key: locus_key, words_zh: locus_words_zh, found_in: null},
            {facet: 'party', facet_key: party_key, words_zh: party_words_zh, found_in: null}
        ]) as told
    from {{ ref('int_measure_facet') }} as facets
)

select
    measure_key,
    told.facet as facet,
    told.facet_key as facet_key,
    told.words_zh as words_zh,
    cast(told.found_in as varchar) as found_in
from facets
where told.facet_key is not null
