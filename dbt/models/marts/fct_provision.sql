with counts as (
    select
        provision_key,
        count(*) as measure_count
    from {{ ref('stg_measures') }}
    group by provision_key
)

select
    provisions.provision_key,
    provisions.plan_key,
    provisions.position,
    provisions.number,
    provisions.section,
    provisions.heading_zh,
    provisions.heading_path_zh,
    provisions.text_zh,
    provisions.char_start,
    provisions.char_end,
    themes.theme_key,
    cast(coalesce(counts.measure_count, 0) as integer) as measure_count
from {{ ref('stg_provisions') }} as provisions
inner join {{ ref('int_provision_theme') }} as themes
    on
        provisions.provision_key = themes.provision_key
        and themes.is_primary
left join counts on provisions.provision_key = counts.provision_key
