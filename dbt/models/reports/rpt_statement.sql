-- One row per measure with all that is needed to show and to check it: what the plan says, where it is printed, what it
-- is compared by, and the verdict, or what it lacks to have one.
with measures as (
    select
        *,
        -- A threshold opens a promise, and is none.
        kind not in ('baseline', 'condition') and not is_restatement as is_commitment,
        -- A sentence that stands in no provision and prints one value several times holds the measures in this order.
        dense_rank() over (partition by plan_key, quote_zh, value_text order by char_start asc) as nth
    from {{ ref('fct_measure') }}
),

-- The sentence begins where its first copy in the provision begins that reaches to the end of the value.
found as (
    select
        measures.*,
        greatest(measures.char_end - length(measures.quote_zh), provisions.char_start) as searched_from,
        strpos(
            substring(provisions.text_zh, searched_from - provisions.char_start + 1), measures.quote_zh
        ) as place,
        string_split(measures.quote_zh, measures.value_text) as pieces,
        (measures.nth - 1) % nullif(len(pieces) - 1, 0) + 1 as piece_count
    from measures
    left join {{ ref('fct_provision') }} as provisions on measures.provision_key = provisions.provision_key
),

placed as (
    select
        *,
        case
            when place > 0 and searched_from + place - 1 <= char_start then searched_from + place - 1
            else
                char_start - coalesce(
                    length(array_to_string(pieces[:piece_count], '')) + (piece_count - 1) * length(value_text), 0
                )
        end as quote_char_start
    from found
),

office_names as (
    select
        strengths.measure_key,
        string_agg(agencies.name_zh, '、' order by offices.place asc) as office_zh,
        string_agg(agencies.name_en, '; ' order by offices.place asc) as office_en
    from {{ ref('int_measure_strength') }} as strengths
    cross join
        unnest(string_split(strengths.office_keys, '|')) with ordinality as offices (agency_key, place)
    inner join {{ ref('dim_agency') }} as agencies on offices.agency_key = agencies.agency_key
    group by strengths.measure_key
),

payer_names as (
    select
        strengths.measure_key,
        string_agg(payers.name_zh, '、' order by payers.code_order asc) as payer_zh,
        string_agg(payers.name_en, ', ' order by payers.code_order asc) as payer_en
    from {{ ref('int_measure_strength') }} as strengths
    inner join {{ ref('dim_code') }} as payers
        on
            payers.vocabulary = 'payer'
            and list_contains(string_split(strengths.payer, '|'), payers.code)
    group by strengths.measure_key
),

restated as (
    select
        reason_zh,
        reason_en
    from {{ ref('comparability_reasons') }}
    where reason_key = 'restatement'
)

select
    measures.measure_key,
    measures.plan_key,
    plans.title_zh as plan_title_zh,
    plans.citation_zh,
    measures.jurisdiction_key,
    jurisdictions.name_zh as jurisdiction_name_zh,
    jurisdictions.name_en as jurisdiction_name_en,
    jurisdictions.is_province,
    measures.theme_key,
    themes.name_zh as theme_name_zh,
    themes.name_en as theme_name_en,
    measures.indicator_key,
    indicators.theme_key as indicator_theme_key,
    indicators.name_zh as indicator_name_zh,
    indicators.name_en as indicator_name_en,
    indicators.definition_zh,
    indicators.definition_en,
    indicators.basis,
    coalesce(indicators.axis_unit_zh, '') as axis_unit_zh,
    coalesce(indicators.axis_unit_en, '') as axis_unit_en,
    measures.unit_key,
    units.name_zh as unit_name_zh,
    units.name_en as unit_name_en,
    coalesce(units.symbol_zh, '') as unit_symbol_zh,
    coalesce(units.symbol_en, '') as unit_symbol_en,
    measures.kind,
    measures.form,
    measures.value_text,
    cast(measures.value as double) as value,
    measures.comparator,
    measures.is_aspirational,
    measures.per,
    measures.indicator_text_zh,
    measures.recipient_zh,
    measures.period_text,
    measures.period_start_year,
    measures.period_end_year,
    horizons.years,
    measures.is_restatement,
    measures.is_commitment,
    measures.restates_measure_key,
    measures.governs_measure_key,
    case
        when measures.is_restatement then 'restatement'
        else coalesce(verdicts.comparability, 'not_comparable')
    end as comparability,
    verdicts.scope,
    assigned.rights,
    coalesce(verdicts.is_rescaled, false) as is_rescaled,
    verdicts.comparable_value,
    verdicts.comparable_unit,
    verdicts.per_million_value,
    verdicts.formula,
    case
        when measures.is_restatement then restated.reason_zh
        else coalesce(verdicts.reason_zh, unmapped.reason_zh)
    end as reason_zh,
    case
        when measures.is_restatement then restated.reason_en
        else coalesce(verdicts.reason_en, unmapped.reason_en)
    end as reason_en,
    measures.provision_key,
    provisions.number as provision_number,
    provisions.heading_zh as provision_heading_zh,
    provisions.text_zh as provision_text_zh,
    provisions.char_start as provision_char_start,
    measures.heading_path_zh,
    measures.quote_zh,
    cast(measures.quote_char_start as integer) as quote_char_start,
    measures.char_start,
    measures.char_end,
    measures.decided_by,
    strengths.payer,
    payer_names.payer_zh,
    payer_names.payer_en,
    strengths.payer_from,
    strengths.payer_words_zh,
    strengths.office_keys,
    office_names.office_zh,
    office_names.office_en,
    strengths.office_from,
    strengths.binding,
    strengths.binding_words_zh,
    strengths.consequence,
    strengths.origin,
    strengths.origin_words_zh,
    strengths.novelty,
    strengths.novelty_words_zh,
    measures.value is not null as has_number,
    measures.period_end_year is not null as has_deadline,
    strengths.office_keys is not null as has_office,
    strengths.payer is not null as has_payer,
    strengths.binding in ('firm', 'plain') as is_binding,
    case
        when measures.is_commitment
            then
                cast(has_deadline as integer)
                + cast(has_office as integer)
                + cast(has_payer as integer)
                + cast(is_binding as integer)
    end as strength,
    sentences.sentence_en
from placed as measures
inner join {{ ref('int_measure_horizon') }} as horizons on measures.measure_key = horizons.measure_key
inner join {{ ref('int_measure_indicator') }} as assigned on measures.measure_key = assigned.measure_key
inner join {{ ref('dim_plan') }} as plans on measures.plan_key = plans.plan_key
inner join {{ ref('dim_jurisdiction') }} as jurisdictions on measures.jurisdiction_key = jurisdictions.jurisdiction_key
inner join {{ ref('dim_theme') }} as themes on measures.theme_key = themes.theme_key
inner join {{ ref('dim_indicator') }} as indicators on measures.indicator_key = indicators.indicator_key
inner join {{ ref('dim_unit') }} as units on measures.unit_key = units.unit_key
left join {{ ref('rpt_indicator_comparison') }} as verdicts
    on
        measures.measure_key = verdicts.measure_key
        and measures.indicator_key = verdicts.indicator_key
left join {{ ref('int_measure_unmapped') }} as unmapped on measures.measure_key = unmapped.measure_key
left join {{ ref('fct_provision') }} as provisions on measures.provision_key = provisions.provision_key
left join restated on measures.is_restatement
inner join {{ ref('int_measure_strength') }} as strengths on measures.measure_key = strengths.measure_key
left join office_names on measures.measure_key = office_names.measure_key
left join payer_names on measures.measure_key = payer_names.measure_key
left join {{ ref('int_measure_sentence') }} as sentences on measures.measure_key = sentences.measure_key
