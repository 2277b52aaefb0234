-- Themes of each measure and provision in the order in which its texts tell of them: by the first text that tells
-- anything, then by points, then by the points of the next text, then by the order of themes. The first is primary. The
-- texts of a measure are short: a faint word (贷款, 奖补) decides only where none of them has a clear one, but of the
-- themes that a later text is clear about, the one that the own words hint at comes first.
with points as (
    select
        points.subject,
        points.subject_key,
        points.theme_key,
        points.text_rank,
        points.found_in,
        points.points,
        points.matched_terms_zh,
        points.subject = 'measure'
        and (points.points < {{ var('clear_name_points') }} or points.found_in = 'title') as is_faint,
        points.subject = 'measure'
        and bool_or(points.found_in in ('head noun', 'indicator', 'clause'))
            over (partition by points.subject, points.subject_key, points.theme_key) as is_hinted,
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
),

ranked as (
    select
        *,
        row_number() over (
            partition by subject, subject_key
            order by is_faint asc, text_rank asc, is_hinted desc, points desc, later_points desc, theme_order asc
        ) as theme_rank
    from points
)

select
    subject,
    subject_key,
    theme_key,
    text_rank,
    found_in,
    points,
    matched_terms_zh,
    text_rank = first_value(text_rank) over (partition by subject, subject_key order by theme_rank asc)
        as is_deciding_text,
    theme_rank = 1 as is_primary
from ranked
