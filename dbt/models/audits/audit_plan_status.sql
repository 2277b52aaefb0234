select
    plan_key,
    status,
    reason,
    last_read_at
from {{ ref('stg_plan_status') }}
