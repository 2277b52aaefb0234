-- Themes of each measure. The primary theme has the most points in the first text that tells anything; ties are
-- settled by the next text, then by the order of themes.
with ranked as (
    select
        points.subject_key as measure_key,
        points.theme_key,
        points.found_in,
        points.points,
        points.matched_terms_zh,
        points.text_rank,
        coalesce(later.points, 0) as later_points,
        themes.theme_order
    from {{ ref('int_theme_points') }} as points
    inner join {{ ref('themes') }} as themes on points.theme_key = themes.theme_key
    left join {{ ref('int_theme_points') }} as later
        on
            points.subject_key = later.subject_key
            and points.subject = later.subject
            and points.theme_key = later.theme_key
            and points.text_rank + 1 = later.text_rank
    where points.subject = 'measure'
),

chosen as (
    select
        *,
        text_rank = min(text_rank) over (partition by measure_key) as is_deciding_text,
        row_number() over (
            partition by measure_key
            order by text_rank asc, points desc, later_points desc, theme_order asc
        ) = 1 as is_primary
    from ranked
)

select
    measures.measure_key,
    coalesce(chosen.theme_key, 'other') as theme_key,
    coalesce(chosen.is_primary, true) as is_primary,
    coalesce(chosen.points, 0) as points,
    coalesce(chosen.found_in, 'nowhere') as found_in,
    chosen.matched_terms_zh
from {{ ref('stg_measures') }} as measures
left join chosen
    on
        measures.measure_key = chosen.measure_key
        and (
            chosen.is_primary
            or (
                chosen.is_deciding_text
                and chosen.found_in in ('head noun', 'indicator')
                and chosen.points >= {{ var('secondary_name_points') }}
            )
        )
