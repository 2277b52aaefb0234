select
    plan_key,
    citation_key,
    provision_key,
    title_zh,
    title_folded_zh,
    document_number,
    year,
    role,
    char_start,
    char_end,
    quote_zh
from {{ source('extracted', 'citations') }}
