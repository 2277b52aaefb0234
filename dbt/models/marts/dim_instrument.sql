select
    instrument_key,
    cast(instrument_order as integer) as instrument_order,
    side,
    side_zh,
    side_en,
    name_zh,
    name_en
from {{ ref('instruments') }}
