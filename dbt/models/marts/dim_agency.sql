-- Offices of the seed and those that only plans name; the latter keep their Chinese name in both languages.
with unknown as (
    select
        agency_key,
        min(bare_name_zh) as name_zh
    from {{ ref('int_agency_name') }}
    where not is_known
    group by agency_key
)

select
    agency_key,
    name_zh,
    name_en,
    true as is_known
from {{ ref('agencies') }}
union all
select
    agency_key,
    name_zh,
    name_zh as name_en,
    false as is_known
from unknown
