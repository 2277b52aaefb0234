-- What each measure without indicator lacks to have one: it is a threshold, or no words tell of its object, or none of
-- what happens to it.
with lacking as (
    select
        measures.measure_key,
        case
            when measures.kind = 'condition' then 'threshold'
            when facets.object_key is null then 'no_object'
            else 'no_event'
        end as reason_key,
        objects.name_zh as object_zh,
        objects.name_en as object_en
    from {{ ref('stg_measures') }} as measures
    inner join {{ ref('int_measure_indicator') }} as assigned on measures.measure_key = assigned.measure_key
    inner join {{ ref('int_measure_facet') }} as facets on measures.measure_key = facets.measure_key
    left join {{ ref('int_facet') }} as objects
        on
            facets.object_key = objects.facet_key
            and objects.facet = 'object'
    where assigned.indicator_key = 'unmapped'
)

select
    lacking.measure_key,
    lacking.reason_key,
    replace(reasons.reason_zh, '{object}', coalesce(lacking.object_zh, '')) as reason_zh,
    replace(reasons.reason_en, '{object}', coalesce(lacking.object_en, '')) as reason_en
from lacking
inner join {{ ref('comparability_reasons') }} as reasons on lacking.reason_key = reasons.reason_key
