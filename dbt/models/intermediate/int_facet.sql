-- The codes of facets with what they have from the codes above them: theme, what counts them, their one event, locus
-- party and grade, whose rights they mean, on whose axis they stand.
with inherited as (
    select
        ancestors.facet,
        ancestors.facet_key,
        arg_min(above.theme_key, ancestors.steps) as theme_key,
        arg_min(above.family, ancestors.steps) as family,
        arg_min(above.only_event, ancestors.steps) as only_event,
        arg_min(above.only_locus, ancestors.steps) as only_locus,
        arg_min(above.only_party, ancestors.steps) as only_party,
        arg_min(above.only_grade, ancestors.steps) as only_grade,
        -- A part stands on the axis of its whole.
        arg_min(above.facet_key, ancestors.steps) filter (where not coalesce(above.on_parent_axis, false)) as axis_key,
        arg_min(above.rights, ancestors.steps) as rights,
        bool_or(above.facet_key = 'actor') as is_actor,
        bool_or(coalesce(above.anyone_may_hold, false)) as anyone_may_hold,
        cast(max(ancestors.steps) as integer) as depth
    from {{ ref('int_facet_ancestor') }} as ancestors
    inner join {{ ref('facets') }} as above
        on
            ancestors.facet = above.facet
            and ancestors.ancestor_key = above.facet_key
    group by ancestors.facet, ancestors.facet_key
)

select
    facets.facet,
    facets.facet_key,
    facets.parent_key,
    cast(facets.facet_order as integer) as facet_order,
    facets.name_zh,
    facets.name_en,
    facets.definition_zh,
    facets.definition_en,
    facets.source,
    coalesce(facets.is_general, false) as is_general,
    coalesce(facets.on_parent_axis, false) as on_parent_axis,
    coalesce(facets.serves_all, false) as serves_all,
    coalesce(facets.is_distinct, false) as is_distinct,
    facets.paid_as as paid_as_key,
    inherited.depth,
    inherited.is_actor and facets.facet = 'object' as is_actor,
    inherited.anyone_may_hold,
    inherited.theme_key,
    inherited.family,
    inherited.only_event,
    inherited.only_locus,
    inherited.only_party,
    inherited.only_grade,
    inherited.axis_key,
    inherited.rights
from {{ ref('facets') }} as facets
inner join inherited
    on
        facets.facet = inherited.facet
        and facets.facet_key = inherited.facet_key
