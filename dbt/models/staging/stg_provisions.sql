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
    text_folded_zh,
    -- What the provision says, without the offices in charge of it and with lists of all kinds of rights read as one.
    {{ without_lists_of_rights(without_agency_lines('text_folded_zh')) }} as substance_zh
from {{ source('extracted', 'provisions') }}
