select
    plan_key,
    status,
    reason,
    last_read_at,
    extractor_version
from {{ ref('stg_plan_status') }}
