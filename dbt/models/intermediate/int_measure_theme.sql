-- Themes of each measure: the primary one, and others that the name of what is measured speaks of as clearly. What is
-- counted or paid for has its theme, whatever else the words speak of, unless it serves every theme (patents that are
-- filed, pledged or traded). A cap is about what its award is about.
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
),

searched as (
    select
        measures.measure_key,
        case
            when measures.kind = 'incentive' then coalesce(measures.governs_measure_key, measures.measure_key)
            else measures.measure_key
        end as subject_key
    from {{ ref('stg_measures') }} as measures
),

objects as (
    select
        facets.measure_key,
        facets.object_words_zh,
        nodes.theme_key
    from {{ ref('int_measure_facet') }} as facets
    inner join {{ ref('stg_measures') }} as measures on facets.measure_key = measures.measure_key
    inner join {{ ref('int_facet') }} as nodes
        on
            facets.object_key = nodes.facet_key
            and nodes.facet = 'object'
    where
        facets.object_found_in in ('indicator', 'before')
        -- For what public money is used is a matter of its policy.
        and (not nodes.serves_all or (nodes.facet_key = 'public_money' and measures.kind in ('allocation', 'funding')))
        -- Of what stands beside intellectual property, standards have no theme where no text is clear about one.
        and (
            nodes.theme_key != 'other'
            or (
                nodes.only_event = 'set_standard'
                and not exists (
                    select 1
                    from chosen
                    where
                        chosen.subject_key = facets.measure_key
                        and (chosen.points >= {{ var('clear_name_points') }} or chosen.found_in = 'title')
                )
            )
        )
        -- A threshold is about what it opens.
        and measures.kind != 'condition'
),

told as (
    select
        searched.measure_key,
        chosen.theme_key,
        coalesce(chosen.theme_key = objects.theme_key, chosen.is_primary) as is_primary,
        chosen.points,
        chosen.found_in,
        chosen.matched_terms_zh
    from searched
    inner join chosen on searched.subject_key = chosen.subject_key
    left join objects on searched.subject_key = objects.measure_key
    where
        objects.theme_key is null
        or chosen.theme_key = objects.theme_key
        -- Words beside the name tell of a theme only where the object does not.
        or chosen.found_in in ('head noun', 'indicator')
    union all
    -- What does not speak of intellectual property at all stays without theme.
    select
        searched.measure_key,
        objects.theme_key,
        true as is_primary,
        {{ var('clear_name_points') }} as points,
        'object' as found_in,
        objects.object_words_zh as matched_terms_zh
    from searched
    inner join objects on searched.subject_key = objects.measure_key
    where
        searched.subject_key in (
            select texts.subject_key
            from {{ ref('int_facet_text') }} as texts
            where texts.subject = 'measure' and texts.speaks_of_ip
        )
        and not exists (
            select 1
            from chosen
            where chosen.subject_key = searched.subject_key and chosen.theme_key = objects.theme_key
        )
)

select
    searched.measure_key,
    coalesce(told.theme_key, 'other') as theme_key,
    coalesce(told.is_primary, true) as is_primary,
    coalesce(told.points, 0) as points,
    coalesce(told.found_in, 'nowhere') as found_in,
    told.matched_terms_zh
from searched
left join told on searched.measure_key = told.measure_key
