-- Themes of each measure and provision in the order in which its texts tell of them: by the first text that tells
-- anything, then by points, then by the points of the next text, then by the order of themes. The first is primary.
with points as (
    select
        points.subject,
        points.subject_key,
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
)

select
    subject,
    subject_key,
    theme_key,
    text_rank,
    found_in,
    points,
    matched_terms_zh,
    text_rank = min(text_rank) over (partition by subject, subject_key) as is_deciding_text,
    row_number() over (
        partition by subject, subject_key
        order by text_rank asc, points desc, later_points desc, theme_order asc
    ) = 1 as is_primary
from points
