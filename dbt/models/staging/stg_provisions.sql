select
    provision_key,
    plan_key,
    position,
    number,
    section,
    heading_zh,
    heading_path_zh,
    text_zh,
    char_start,
    char_end,
    heading_folded_zh,
    heading_path_folded_zh,
    text_folded_zh
from {{ source('extracted', 'provisions') }}
