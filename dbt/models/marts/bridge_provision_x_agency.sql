select
    agencies.provision_key,
    names.agency_key,
    agencies.role,
    agencies.position,
    agencies.printed_name_zh,
    agencies.char_start,
    agencies.char_end
from {{ ref('stg_provision_agencies') }} as agencies
inner join {{ ref('int_agency_name') }} as names on agencies.name_folded_zh = names.name_folded_zh
