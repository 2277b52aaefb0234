select
    indicators.indicator_key,
    indicators.theme_key,
    indicators.unit_key,
    indicators.basis,
    indicators.scope,
    indicators.kinds,
    {{ axis_unit('indicators.unit_key', 'indicators.basis', 'code') }} as axis_unit,
    {{ axis_unit('units.symbol_zh', 'indicators.basis', 'zh') }} as axis_unit_zh,
    {{ axis_unit('units.symbol_en', 'indicators.basis', 'en') }} as axis_unit_en,
    indicators.name_zh,
    indicators.name_en,
    indicators.definition_zh,
    indicators.definition_en
from {{ ref('indicators') }} as indicators
inner join {{ ref('units') }} as units on indicators.unit_key = units.unit_key
