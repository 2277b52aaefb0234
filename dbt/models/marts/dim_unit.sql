select
    unit_key,
    family,
    name_zh,
    name_en,
    symbol_zh,
    symbol_en,
    base_zh,
    base_en,
    is_countable
from {{ ref('units') }}
