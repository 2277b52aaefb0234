select
    instrument_key,
    instrument_order::integer as instrument_order,
    side,
    side_zh,
    side_en,
    name_zh,
    name_en
from {{ ref('instruments') }}
