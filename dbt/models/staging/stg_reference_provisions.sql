select
    plan_key,
    reference_key,
    number,
    section,
    heading_zh,
    char_start,
    char_end,
    lead_agencies,
    supporting_agencies,
    theme_key,
    other_theme_keys,
    disputed_theme_keys,
    instrument_keys,
    disputed_instrument_keys
from {{ source('extracted', 'reference_provisions') }}
