select
    measures.measure_key,
    measures.plan_key,
    documents.jurisdiction_key,
    measures.provision_key,
    themes.theme_key,
    indicators.indicator_key,
    measures.unit as unit_key,
    facets.object_key,
    facets.event_key,
    facets.quantity_key,
    facets.grade_key,
    facets.locus_key,
    facets.party_key,
    measures.kind,
    measures.form,
    measures.value_text,
    measures.value,
    measures.unit,
    measures.comparator,
    measures.is_aspirational,
    measures.per,
    measures.indicator_text_zh,
    measures.recipient_zh,
    measures.period_text,
    measures.period_start_year,
    measures.period_end_year,
    measures.horizon_years,
    measures.quote_zh,
    measures.char_start,
    measures.char_end,
    measures.heading_path_zh,
    restatements.first_measure_key as restates_measure_key,
    restatements.first_measure_key is not null as is_restatement,
    measures.governs_measure_key,
    measures.decided_by,
    measures.extractor_version,
    measures.source_sha256
from {{ ref('stg_measures') }} as measures
inner join {{ ref('stg_documents') }} as documents on measures.plan_key = documents.plan_key
inner join {{ ref('int_measure_theme') }} as themes
    on
        measures.measure_key = themes.measure_key
        and themes.is_primary
inner join {{ ref('int_measure_indicator') }} as indicators on measures.measure_key = indicators.measure_key
inner join {{ ref('int_measure_facet') }} as facets on measures.measure_key = facets.measure_key
left join {{ ref('int_measure_restatement') }} as restatements on measures.measure_key = restatements.measure_key
