select
    plan_key,
    status,
    reason,
    last_read_at
from {{ source('extracted', 'plan_status') }}
