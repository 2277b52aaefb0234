with kinds as (
    select
        indicator_key,
        string_agg(kind, '|' order by kind_order asc) as kinds
    from {{ ref('indicator_kinds') }}
    group by indicator_key
)

select
    indicators.indicator_key,
    indicators.theme_key,
    indicators.unit_key,
    indicators.basis,
    indicators.scope,
    kinds.kinds,
    concat(indicators.unit_key, bases.axis_code) as axis_unit,
    units.symbol_zh || coalesce(bases.axis_zh, '') as axis_unit_zh,
    units.symbol_en || coalesce(bases.axis_en, '') as axis_unit_en,
    indicators.name_zh,
    indicators.name_en,
    indicators.definition_zh,
    indicators.definition_en
from {{ ref('indicators') }} as indicators
inner join {{ ref('units') }} as units on indicators.unit_key = units.unit_key
inner join {{ ref('bases') }} as bases on indicators.basis = bases.basis
left join kinds on indicators.indicator_key = kinds.indicator_key
