-- Themes of each provision: the primary one, which its heading decides where it tells anything, and those that its text
-- does something about.
with chosen as (
    select *
    from {{ ref('int_theme_rank') }}
    where
        subject = 'provision'
        and (is_primary or (points >= {{ var('secondary_theme_points') }} and found_in = 'text'))
    qualify row_number() over (partition by subject_key, theme_key order by is_primary desc, text_rank asc) = 1
)

select
    provisions.provision_key,
    coalesce(chosen.theme_key, 'other') as theme_key,
    coalesce(chosen.is_primary, true) as is_primary,
    coalesce(chosen.points, 0) as points,
    coalesce(chosen.found_in, 'nowhere') as found_in,
    chosen.matched_terms_zh
from {{ ref('stg_provisions') }} as provisions
left join chosen on provisions.provision_key = chosen.subject_key
