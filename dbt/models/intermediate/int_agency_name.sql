-- The canonical office of each printed name. Names that no alias fits keep themselves, without the rank before them
-- (市, 省, 县 …) and without what stands in brackets, as key: nothing is lost.
with names as (
    select distinct name_folded_zh
    from {{ ref('stg_provision_agencies') }}
),

known as (
    select
        names.name_folded_zh,
        aliases.agency_key
    from names
    inner join {{ ref('agency_aliases') }} as aliases on regexp_matches(names.name_folded_zh, aliases.alias_zh)
    qualify
        row_number() over (
            partition by names.name_folded_zh
            order by aliases.priority asc, aliases.agency_key asc
        ) = 1
),

bare as (
    select
        name_folded_zh,
        regexp_replace(name_folded_zh, '[((].*?[))]|^(.{2,3}[省市县区州])?[省市县区州]', '', 'g') as bare_name_zh
    from names
)

select
    bare.name_folded_zh,
    coalesce(
        known.agency_key,
        -- An office that is printed like the key of a known one is not that one.
        case when printed.agency_key is null then nullif(bare.bare_name_zh, '') end,
        bare.name_folded_zh || case when printed.agency_key is null then '' else ' (as printed)' end
    ) as agency_key,
    bare.bare_name_zh,
    known.agency_key is not null as is_known
from bare
left join known on bare.name_folded_zh = known.name_folded_zh
left join {{ ref('agencies') }} as printed on printed.agency_key in (bare.bare_name_zh, bare.name_folded_zh)
