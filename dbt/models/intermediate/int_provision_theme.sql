-- Themes of each provision. The primary theme has the most points in the first text that tells anything, heading
-- before text before the headings above; the others are those that the text does something about.
with points as (
    select
        points.subject_key as provision_key,
        points.theme_key,
        points.text_rank,
        points.found_in,
        points.points,
        points.matched_terms_zh,
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
    where points.subject = 'provision'
),

ranked as (
    select
        *,
        row_number() over (
            partition by provision_key
            order by text_rank asc, points desc, later_points desc, theme_order asc
        ) = 1 as is_primary
    from points
),

chosen as (
    select *
    from ranked
    where is_primary or (text_rank <= 2 and points >= {{ var('secondary_theme_points') }} and found_in = 'text')
    qualify row_number() over (partition by provision_key, theme_key order by is_primary desc, text_rank asc) = 1
)

select
    provisions.provision_key,
    coalesce(chosen.theme_key, 'other') as theme_key,
    coalesce(chosen.is_primary, true) as is_primary,
    coalesce(chosen.points, 0) as points,
    coalesce(chosen.found_in, 'nowhere') as found_in,
    chosen.matched_terms_zh
from {{ ref('stg_provisions') }} as provisions
left join chosen on provisions.provision_key = chosen.provision_key
