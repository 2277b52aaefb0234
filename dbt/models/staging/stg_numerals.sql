select
    plan_key,
    char_start,
    char_end,
    text,
    disposition,
    measure_key,
    reason,
    sentence_zh
from {{ source('extracted', 'numerals') }}
