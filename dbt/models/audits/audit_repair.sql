select
    plan_key,
    char_start,
    char_end,
    rule,
    before,
    after,
    reason
from {{ ref('stg_repairs') }}
