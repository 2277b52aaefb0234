-- Themes of each measure: the primary one, and others that the name of what is measured speaks of as clearly. A cap is
-- about what its award is about.
with chosen as (
    select *
    from {{ ref('int_theme_rank') }}
    where
        subject = 'measure'
        and (
            is_primary
            or (
                is_deciding_text
                and found_in in ('head noun', 'indicator')
                and points >= {{ var('secondary_name_points') }}
            )
        )
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
        chosen.subject_key = case
            when measures.kind = 'incentive' then coalesce(measures.governs_measure_key, measures.measure_key)
            else measures.measure_key
        end
