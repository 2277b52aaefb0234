-- One row per indicator and measure that states it for the first time: what the plan says, what of it may stand on the
-- indicator's axis, and why. A measure stands by its own indicator, and by those of the same thing on another basis.
with compared as (
    select
        comparability.*,
        measures.plan_key,
        measures.jurisdiction_key,
        measures.theme_key,
        measures.kind,
        measures.form,
        measures.per,
        measures.value_text,
        measures.value,
        measures.unit,
        measures.comparator,
        measures.is_aspirational,
        measures.period_text,
        measures.period_end_year,
        measures.indicator_text_zh,
        measures.quote_zh,
        measures.heading_path_zh,
        measures.char_start,
        measures.char_end,
        jurisdictions.is_province,
        jurisdictions.population,
        measures.object_key,
        indicators.object_key as indicator_object_key,
        indicators.axis_unit,
        indicators.basis,
        units.is_countable
    from {{ ref('int_measure_comparability') }} as comparability
    inner join {{ ref('fct_measure') }} as measures on comparability.measure_key = measures.measure_key
    inner join {{ ref('dim_jurisdiction') }} as jurisdictions
        on measures.jurisdiction_key = jurisdictions.jurisdiction_key
    inner join {{ ref('dim_indicator') }} as indicators on comparability.indicator_key = indicators.indicator_key
    inner join {{ ref('dim_unit') }} as units on measures.unit_key = units.unit_key
)

select
    compared.indicator_key,
    compared.measure_key,
    compared.is_own,
    compared.plan_key,
    compared.jurisdiction_key,
    compared.is_province,
    compared.theme_key,
    compared.kind,
    compared.form,
    compared.per,
    compared.value_text,
    compared.value as stated_value,
    compared.unit as stated_unit,
    compared.comparator,
    compared.is_aspirational,
    compared.period_text,
    compared.period_end_year,
    compared.years,
    compared.is_rescaled,
    compared.comparable_value,
    case when compared.comparable_value is not null then compared.axis_unit end as comparable_unit,
    -- A sum for one recipient says nothing about the residents of a place.
    case
        when compared.is_countable and compared.basis in ('level_at_date', 'per_year')
            then {{ per_million('compared.comparable_value', 'compared.population') }}
    end as per_million_value,
    compared.comparability,
    compared.scope,
    compared.rights,
    concat(
        replace(reasons.reason_zh, '{words}', coalesce(compared.words_zh, '')),
        case when compared.is_part_of_axis then format('对象“{}”窄于“{}”。', stated.name_zh, meant.name_zh) end,
        firms.reason_zh,
        wider.reason_zh,
        existing.reason_zh
    ) as reason_zh,
    concat_ws(
        ' ',
        replace(reasons.reason_en, '{words}', coalesce(compared.words_zh, '')),
        case
            when compared.is_part_of_axis
                then format('The object “{}” is narrower than “{}”.', stated.name_en, meant.name_en)
        end,
        firms.reason_en,
        wider.reason_en,
        existing.reason_en
    ) as reason_en,
    compared.formula,
    compared.indicator_text_zh,
    compared.heading_path_zh,
    compared.quote_zh,
    compared.char_start,
    compared.char_end,
    changes.baseline_measure_key,
    changes.baseline_value,
    changes.baseline_year,
    changes.change_absolute,
    changes.change_percent,
    changes.change_per_year,
    changes.formula as change_formula,
    compared.origin,
    compared.novelty
from compared
inner join {{ ref('comparability_reasons') }} as reasons on compared.reason_key = reasons.reason_key
left join {{ ref('comparability_reasons') }} as firms
    on
        compared.is_for_enterprises
        and firms.reason_key = 'enterprises_only'
left join {{ ref('comparability_reasons') }} as wider
    on
        compared.scope = 'broader'
        and wider.reason_key = 'wider_fund'
left join {{ ref('comparability_reasons') }} as existing
    on
        compared.novelty = 'existing'
        and existing.reason_key = 'existing_fund'
left join {{ ref('int_facet') }} as stated
    on
        compared.object_key = stated.facet_key
        and stated.facet = 'object'
left join {{ ref('int_facet') }} as meant
    on
        compared.indicator_object_key = meant.facet_key
        and meant.facet = 'object'
left join {{ ref('int_measure_change') }} as changes
    on
        compared.measure_key = changes.measure_key
        and compared.is_own
