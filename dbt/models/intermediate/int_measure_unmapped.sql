-- What each measure without indicator lacks to have one: it is a threshold, or its theme has no indicator of its unit,
-- or none that takes its kind and form, or its words.
with measures as (
    select
        measures.measure_key,
        measures.kind,
        measures.form,
        themes.theme_key,
        units.family,
        units.name_zh as unit_name_zh,
        units.name_en as unit_name_en
    from {{ ref('stg_measures') }} as measures
    inner join {{ ref('int_measure_indicator') }} as assigned on measures.measure_key = assigned.measure_key
    inner join {{ ref('int_measure_theme') }} as themes
        on
            measures.measure_key = themes.measure_key
            and themes.is_primary
    inner join {{ ref('units') }} as units on measures.unit = units.unit_key
    where assigned.indicator_key = 'unmapped'
),

indicators as (
    select
        indicators.*,
        units.family
    from {{ ref('indicators') }} as indicators
    inner join {{ ref('units') }} as units on indicators.unit_key = units.unit_key
    where indicators.indicator_key != 'unmapped'
),

lacking as (
    select
        measures.measure_key,
        measures.theme_key,
        measures.unit_name_zh,
        measures.unit_name_en,
        case
            when measures.kind = 'condition' then 'threshold'
            when count(indicators.indicator_key) = 0 then 'no_unit'
            when not bool_or(kinds.kind is not null and forms.form is not null) then 'no_kind'
            else 'no_words'
        end as reason_key
    from measures
    left join indicators
        on
            measures.theme_key = indicators.theme_key
            and measures.family = indicators.family
    left join {{ ref('indicator_kinds') }} as kinds
        on
            indicators.indicator_key = kinds.indicator_key
            and measures.kind = kinds.kind
    left join {{ ref('basis_forms') }} as forms
        on
            indicators.basis = forms.basis
            and measures.form = forms.form
    group by
        measures.measure_key,
        measures.theme_key,
        measures.unit_name_zh,
        measures.unit_name_en,
        measures.kind
)

select
    lacking.measure_key,
    lacking.reason_key,
    replace(replace(reasons.reason_zh, '{theme}', themes.name_zh), '{unit}', lacking.unit_name_zh) as reason_zh,
    replace(replace(reasons.reason_en, '{theme}', themes.name_en), '{unit}', lacking.unit_name_en) as reason_en
from lacking
inner join {{ ref('comparability_reasons') }} as reasons on lacking.reason_key = reasons.reason_key
inner join {{ ref('themes') }} as themes on lacking.theme_key = themes.theme_key
