with kinds (role, kinds) as (
    values
    ('target', 'target|baseline'),
    ('award', 'incentive'),
    ('cap', 'incentive'),
    ('fund', 'funding|target|baseline'),
    ('share', 'allocation'),
    ('fine', 'sanction')
)

select
    indicators.indicator_key,
    indicators.theme_key,
    indicators.unit_key,
    indicators.basis,
    indicators.scope,
    kinds.kinds,
    indicators.object_key,
    indicators.event_key,
    indicators.quantity_key,
    indicators.grade_key,
    indicators.locus_key,
    indicators.party_key,
    indicators.role,
    indicators.is_curated,
    concat(indicators.unit_key, bases.axis_code) as axis_unit,
    units.symbol_zh || coalesce(bases.axis_zh, '') as axis_unit_zh,
    units.symbol_en || coalesce(bases.axis_en, '') as axis_unit_en,
    indicators.name_zh,
    indicators.name_en,
    indicators.definition_zh,
    indicators.definition_en
from {{ ref('int_indicator') }} as indicators
inner join {{ ref('units') }} as units on indicators.unit_key = units.unit_key
inner join {{ ref('bases') }} as bases on indicators.basis = bases.basis
left join kinds on indicators.role = kinds.role
