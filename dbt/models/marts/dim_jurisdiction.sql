-- Places that have a plan: as the seed says and, where it says nothing, as the latest of their plans describes them.
with described as (
    select
        jurisdiction_key,
        jurisdiction_name_zh,
        jurisdiction_name_en,
        jurisdiction_level,
        jurisdiction_province_zh,
        jurisdiction_population
    from {{ ref('stg_documents') }}
    qualify
        row_number() over (
            partition by jurisdiction_key order by jurisdiction_population is null asc, plan_key desc
        ) = 1
)

select
    described.jurisdiction_key,
    coalesce(known.name_zh, described.jurisdiction_name_zh) as name_zh,
    coalesce(known.name_en, described.jurisdiction_name_en, described.jurisdiction_name_zh) as name_en,
    coalesce(known.level, described.jurisdiction_level) as level,
    coalesce(known.level, described.jurisdiction_level) = 'province' as is_province,
    coalesce(known.province_zh, described.jurisdiction_province_zh) as province_zh,
    known.province_en,
    coalesce(known.population_2020, described.jurisdiction_population) as population,
    case
        when known.population_2020 is not null then known.population_source
        when described.jurisdiction_population is not null then 'origin.yml'
    end as population_source
from described
left join {{ ref('jurisdictions') }} as known on described.jurisdiction_key = known.adcode
