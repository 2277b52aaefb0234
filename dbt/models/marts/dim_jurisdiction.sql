-- Places of the seed and places that plans describe themselves; the seed comes first.
with described as (
    select
        jurisdiction_key,
        jurisdiction_name_zh,
        jurisdiction_name_en,
        jurisdiction_level,
        jurisdiction_province_zh,
        jurisdiction_population
    from {{ ref('stg_documents') }}
    where jurisdiction_name_zh is not null
    qualify row_number() over (partition by jurisdiction_key order by plan_key desc) = 1
),

places as (
    select
        adcode as jurisdiction_key,
        name_zh,
        name_en,
        level,
        province_zh,
        province_en,
        population_2020 as population,
        population_source
    from {{ ref('jurisdictions') }}
    union all
    select
        described.jurisdiction_key,
        described.jurisdiction_name_zh as name_zh,
        coalesce(described.jurisdiction_name_en, described.jurisdiction_name_zh) as name_en,
        described.jurisdiction_level as level,
        described.jurisdiction_province_zh as province_zh,
        null as province_en,
        described.jurisdiction_population as population,
        case when described.jurisdiction_population is not null then 'origin.yml' end as population_source
    from described
    left join {{ ref('jurisdictions') }} as known on described.jurisdiction_key = known.adcode
    where known.adcode is null
)

select
    jurisdiction_key,
    name_zh,
    name_en,
    level,
    level = 'province' as is_province,
    province_zh,
    province_en,
    population,
    population_source
from places
