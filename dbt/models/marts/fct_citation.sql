select
    citation_key,
    plan_key,
    provision_key,
    title_zh,
    title_folded_zh,
    document_number,
    year,
    role,
    char_start,
    char_end,
    quote_zh
from {{ ref('stg_citations') }}
