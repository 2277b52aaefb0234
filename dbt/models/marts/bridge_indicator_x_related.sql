-- Every two indicators in use that are of one family without being on one axis, one below the other or the same thing
-- on another basis: their measures are listed together and never ranked. They have one role and quantity, and their
-- objects are the same or meet in one code of the tree, which either can have one event only (all that is done on
-- patent navigation), or whose objects are counted alike and either meet deep or have the same happen to them (people
-- that are trained or attracted).
with tops as (
    select
        facet,
        facet_key,
        arg_max(ancestor_key, steps) as root_key,
        -- The code below the root on the way up; the root itself for the root.
        coalesce(arg_max(ancestor_key, steps) filter (where not is_root), facet_key) as branch_key
    from (
        select
            *,
            steps = max(steps) over (partition by facet, facet_key) as is_root
        from {{ ref('int_facet_ancestor') }}
    )
    group by facet, facet_key
),

in_use as (
    select distinct indicator_key
    from {{ ref('fct_measure') }}
    where kind != 'baseline' and not is_restatement
),

indicators as (
    select
        indicators.indicator_key,
        indicators.object_key,
        indicators.event_key,
        indicators.quantity_key,
        indicators.role,
        concat_ws(
            ' ',
            indicators.object_key,
            indicators.event_key,
            indicators.grade_key,
            indicators.locus_key,
            indicators.party_key
        ) as thing,
        objects.family as counted_as,
        coalesce(events.root_key, '') as event_root_key,
        coalesce(events.branch_key, '') as event_branch_key,
        branches.branch_key as object_branch_key
    from {{ ref('dim_indicator') }} as indicators
    inner join in_use on indicators.indicator_key = in_use.indicator_key
    inner join {{ ref('int_facet') }} as objects
        on
            indicators.object_key = objects.facet_key
            and objects.facet = 'object'
    inner join tops as branches
        on
            indicators.object_key = branches.facet_key
            and branches.facet = 'object'
    left join tops as events
        on
            indicators.event_key = events.facet_key
            and events.facet = 'event'
),

meeting as (
    select
        one.indicator_key,
        other.indicator_key as related_indicator_key,
        left_above.ancestor_key as object_key,
        case when one.event_branch_key = other.event_branch_key then one.event_branch_key end as event_key,
        one.quantity_key,
        one.counted_as = other.counted_as as is_counted_alike,
        cast(left_above.steps + right_above.steps as integer) as steps
    from indicators as one
    inner join indicators as other
        on
            one.indicator_key < other.indicator_key
            and one.role = other.role
            and one.quantity_key = other.quantity_key
            and one.event_root_key = other.event_root_key
            and one.object_branch_key = other.object_branch_key
            and one.thing != other.thing
    inner join {{ ref('int_facet_ancestor') }} as left_above
        on
            one.object_key = left_above.facet_key
            and left_above.facet = 'object'
    inner join {{ ref('int_facet_ancestor') }} as right_above
        on
            other.object_key = right_above.facet_key
            and right_above.facet = 'object'
            and left_above.ancestor_key = right_above.ancestor_key
    qualify
        row_number() over (
            partition by one.indicator_key, other.indicator_key order by left_above.steps + right_above.steps
        ) = 1
)

select
    meeting.indicator_key,
    meeting.related_indicator_key,
    meeting.object_key,
    nullif(meeting.event_key, '') as event_key,
    meeting.steps,
    concat(objects.name_zh, '·' || events.name_zh, '·', quantities.name_zh) as name_zh,
    concat(objects.name_en, ', ' || events.name_en, ': ', lower(quantities.name_en)) as name_en
from meeting
inner join {{ ref('int_facet') }} as objects
    on
        meeting.object_key = objects.facet_key
        and objects.facet = 'object'
left join {{ ref('int_facet') }} as events
    on
        nullif(meeting.event_key, '') = events.facet_key
        and events.facet = 'event'
inner join {{ ref('int_facet') }} as quantities
    on
        meeting.quantity_key = quantities.facet_key
        and quantities.facet = 'quantity'
left join {{ ref('bridge_indicator_x_broader') }} as broader
    on
        least(broader.indicator_key, broader.broader_indicator_key) = meeting.indicator_key
        and greatest(broader.indicator_key, broader.broader_indicator_key) = meeting.related_indicator_key
where
    broader.indicator_key is null
    and objects.depth > 0
    and (
        objects.only_event is not null
        or (meeting.is_counted_alike and (meeting.event_key is not null or objects.depth > 1))
    )
