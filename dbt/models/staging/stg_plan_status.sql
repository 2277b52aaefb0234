select
    plan_key,
    status,
    reason,
    last_read_at,
    extractor_version
from {{ source('extracted', 'plan_status') }}
