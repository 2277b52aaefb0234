-- The codes of each measure with the words that told them.
select
    facets.measure_key,
    told.facet,
    told.facet_key,
    told.words_zh,
    told.found_in
from {{ ref('int_measure_facet') }} as facets
cross join (
    values
    ('object', facets.object_key, facets.object_words_zh, facets.object_found_in),
    ('event', facets.event_key, facets.event_words_zh, facets.event_found_in),
    ('quantity', facets.quantity_key, facets.quantity_words_zh, null),
    ('grade', facets.grade_key, facets.grade_words_zh, null),
    ('locus', facets.locus_key, facets.locus_words_zh, null),
    ('party', facets.party_key, facets.party_words_zh, null)
) as told (facet, facet_key, words_zh, found_in)
where told.facet_key is not null
