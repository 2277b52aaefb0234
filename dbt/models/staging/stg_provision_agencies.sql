select
    plan_key,
    provision_key,
    role,
    position,
    printed_name_zh,
    name_folded_zh,
    char_start,
    char_end
from {{ source('extracted', 'provision_agencies') }}
