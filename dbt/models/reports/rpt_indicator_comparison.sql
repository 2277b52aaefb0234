-- One row per indicator and measure that states it for the first time: what the plan says, what of it may stand on the
-- indicator's axis, and why.
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
    concat(reasons.reason_zh, scopes.definition_zh) as reason_zh,
    concat_ws(' ', reasons.reason_en, scopes.definition_en) as reason_en,
    compared.formula,
    compared.indicator_text_zh,
    compared.heading_path_zh,
    compared.quote_zh,
    compared.char_start,
    compared.char_end
from compared
inner join {{ ref('comparability_reasons') }} as reasons on compared.reason_key = reasons.reason_key
-- That a plan means the rights of the indicator need not be said.
left join {{ ref('codes') }} as scopes
    on
        compared.scope = scopes.code
        and scopes.vocabulary = 'scope'
        and scopes.code != 'same'
