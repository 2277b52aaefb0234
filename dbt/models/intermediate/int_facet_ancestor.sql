-- Every code of a facet with itself and each code above it, and how many steps lie between.
with recursive ancestors as (
    select
        facet,
        facet_key,
        facet_key as ancestor_key,
        parent_key,
        0 as steps
    from {{ ref('facets') }}
    union all
    select
        ancestors.facet,
        ancestors.facet_key,
        parents.facet_key as ancestor_key,
        parents.parent_key,
        ancestors.steps + 1 as steps
    from ancestors
    inner join {{ ref('facets') }} as parents
        on
            ancestors.facet = parents.facet
            and ancestors.parent_key = parents.facet_key
    -- A circle must reach its test, not run for ever.
    where ancestors.steps < 20
)

select
    facet,
    facet_key,
    ancestor_key,
    steps
from ancestors
