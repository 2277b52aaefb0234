-- The terms that stand in the texts of each measure, with what their codes are. The label of an article and the
-- question of an answer within a name (每家企业【质押融资】年度上限) are headings.
with measures as (
    select
        measures.measure_key,
        measures.kind,
        measures.form,
        measures.value_text,
        measures.indicator_text_zh,
        measures.clause_folded_zh,
        regexp_extract(measures.heading_path_folded_zh, '[^›]*质押[^›]*') as pledge_heading_zh,
        units.family
    from {{ ref('stg_measures') }} as measures
    -- A unit that the seed lacks must reach the test of keys on fct_measure, not be lost here.
    left join {{ ref('units') }} as units on measures.unit = units.unit_key
)

select
    measures.*,
    matches.facet != 'plain'
    and regexp_matches(left(texts.text_zh, matches.char_start), '【[^】]*$|问:[^?？]*$') as is_label,
    case when is_label then 8 else texts.text_rank end as text_rank,
    case when is_label then 'heading' else texts.found_in end as found_in,
    texts.text_zh,
    texts.speaks_of_ip,
    texts.place_zh,
    matches.facet,
    matches.facet_key,
    matches.words_zh,
    matches.char_start,
    matches.char_end,
    matches.with_length,
    matches.needs_ip,
    nodes.depth,
    nodes.parent_key,
    nodes.is_general,
    nodes.is_actor,
    nodes.is_distinct,
    nodes.only_event,
    nodes.only_locus,
    nodes.only_party,
    nodes.only_grade,
    nodes.family as counted_as
from measures
inner join {{ ref('int_facet_text') }} as texts
    on
        measures.measure_key = texts.subject_key
        and texts.subject = 'measure'
inner join {{ ref('int_facet_match') }} as matches
    on texts.text_zh = matches.text_zh
inner join {{ ref('int_facet') }} as nodes
    on
        matches.facet = nodes.facet
        and matches.facet_key = nodes.facet_key
