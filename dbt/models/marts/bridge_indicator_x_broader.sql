-- Each indicator with those that mean more in one facet and the same in all others: its object, event, grade, locus or
-- party lies below theirs, or they leave it open. Units of one family count the same (items, projects).
with facets as (
    unpivot (
        select
            indicators.indicator_key,
            indicators.role,
            indicators.basis,
            indicators.quantity_key,
            units.family,
            coalesce(indicators.object_key, '') as object,
            coalesce(indicators.event_key, '') as event,
            coalesce(indicators.grade_key, '') as grade,
            coalesce(indicators.locus_key, '') as locus,
            coalesce(indicators.party_key, '') as party
        from {{ ref('dim_indicator') }} as indicators
        inner join {{ ref('units') }} as units on indicators.unit_key = units.unit_key
        where indicators.quantity_key is not null
    ) on object, event, grade, locus, party into name facet value facet_key
),

-- An indicator with one facet left out, by which those are found that differ in no other.
others as (
    select
        facets.indicator_key,
        facets.facet,
        facets.facet_key,
        concat_ws(' ', facets.role, facets.basis, facets.quantity_key, facets.family) as axis,
        string_agg(rest.facet || '=' || rest.facet_key, ' ' order by rest.facet) as other_facets
    from facets
    inner join facets as rest
        on
            facets.indicator_key = rest.indicator_key
            and facets.facet != rest.facet
    group by
        facets.indicator_key,
        facets.facet,
        facets.facet_key,
        facets.role,
        facets.basis,
        facets.quantity_key,
        facets.family
)

select
    narrower.indicator_key,
    broader.indicator_key as broader_indicator_key,
    narrower.facet,
    cast(coalesce(ancestors.steps, 1) as integer) as steps
from others as narrower
inner join others as broader
    on
        narrower.facet = broader.facet
        and narrower.axis = broader.axis
        and narrower.other_facets = broader.other_facets
        and narrower.facet_key != broader.facet_key
left join {{ ref('int_facet_ancestor') }} as ancestors
    on
        narrower.facet = ancestors.facet
        and narrower.facet_key = ancestors.facet_key
        and broader.facet_key = ancestors.ancestor_key
where ancestors.steps is not null or broader.facet_key = ''
