-- One row per commitment of a plan and plan that it stands over: what the lower plan says on the same axis, else on a
-- narrower or broader one, else of the same thing on another basis; or that it says nothing. Of several the one whose
-- year is nearest.
with stated as (
    select
        compared.indicator_key,
        compared.measure_key,
        compared.is_own,
        compared.plan_key,
        compared.jurisdiction_key,
        compared.theme_key,
        compared.kind,
        compared.value_text,
        compared.comparator,
        compared.comparable_value,
        compared.comparable_unit,
        compared.per_million_value,
        compared.period_end_year,
        compared.comparability,
        compared.scope,
        compared.reason_zh,
        compared.reason_en,
        compared.quote_zh,
        compared.char_start,
        measures.object_key,
        units.is_countable and indicators.basis in ('level_at_date', 'per_year') as is_total
    from {{ ref('rpt_indicator_comparison') }} as compared
    inner join {{ ref('fct_measure') }} as measures on compared.measure_key = measures.measure_key
    inner join {{ ref('dim_indicator') }} as indicators on compared.indicator_key = indicators.indicator_key
    inner join {{ ref('dim_unit') }} as units on indicators.unit_key = units.unit_key
    where compared.kind != 'baseline'
),

parents as (
    select
        links.plan_key as child_plan_key,
        children.jurisdiction_key as child_jurisdiction_key,
        links.link,
        stated.*
    from {{ ref('int_plan_parent') }} as links
    inner join {{ ref('dim_plan') }} as children on links.plan_key = children.plan_key
    inner join stated
        on
            links.parent_plan_key = stated.plan_key
            and stated.is_own
),

-- Where a measure of the lower plan may be looked for: by the indicator itself, and by those above and below it.
axes as (
    select distinct
        indicator_key,
        indicator_key as child_indicator_key,
        'same' as scope,
        cast(null as varchar) as facet,
        0 as steps
    from parents
    union all
    select
        broader_indicator_key as indicator_key,
        indicator_key as child_indicator_key,
        'narrower' as scope,
        facet,
        steps
    from {{ ref('bridge_indicator_x_broader') }}
    union all
    select
        indicator_key,
        broader_indicator_key as child_indicator_key,
        'broader' as scope,
        facet,
        steps
    from {{ ref('bridge_indicator_x_broader') }}
),

found as (
    select
        parents.measure_key as parent_measure_key,
        parents.child_plan_key,
        stated.*,
        axes.steps,
        case
            when axes.facet is not null then axes.scope
            when parents.scope = stated.scope then 'same'
            when parents.scope = 'narrower' then 'broader'
            else 'narrower'
        end as child_scope,
        coalesce(
            axes.facet,
            case
                when parents.scope = stated.scope then null
                when parents.object_key is distinct from stated.object_key then 'object'
                else 'party'
            end
        ) as facet,
        parents.comparability != 'not_comparable'
        and stated.comparability != 'not_comparable'
        -- Pledges of patents and of marks both stand on the axis of all pledges.
        and (
            parents.scope != 'narrower'
            or stated.scope != 'narrower'
            or parents.object_key is not distinct from stated.object_key
        ) as is_comparable
    from parents
    inner join axes on parents.indicator_key = axes.indicator_key
    inner join stated
        on
            parents.child_plan_key = stated.plan_key
            and axes.child_indicator_key = stated.indicator_key
            and (axes.facet is null or stated.is_own)
    where axes.facet is null or is_comparable
    qualify
        row_number() over (
            partition by parents.measure_key, parents.child_plan_key
            order by
                is_comparable desc,
                axes.facet is not null asc,
                child_scope != 'same' asc,
                axes.steps asc,
                stated.is_own desc,
                abs(parents.period_end_year - stated.period_end_year) asc nulls last,
                stated.char_start asc,
                stated.measure_key asc
        ) = 1
),

beside as (
    select
        parents.*,
        found.measure_key as child_measure_key,
        found.indicator_key as child_indicator_key,
        found.child_scope,
        found.facet,
        found.is_comparable,
        found.value_text as child_value_text,
        found.comparator as child_comparator,
        found.comparable_value as child_comparable_value,
        found.per_million_value as child_per_million_value,
        found.period_end_year as child_period_end_year,
        found.comparability as child_comparability,
        found.reason_zh as child_reason_zh,
        found.reason_en as child_reason_en,
        found.quote_zh as child_quote_zh,
        found.comparable_value - parents.comparable_value as difference
    from parents
    left join found
        on
            parents.measure_key = found.parent_measure_key
            and parents.child_plan_key = found.child_plan_key
    -- Who does not cite a plan owes it no answer to what does not speak of intellectual property.
    where parents.link = 'cites' or parents.theme_key != 'other'
)

select
    beside.child_plan_key as plan_key,
    beside.child_jurisdiction_key as jurisdiction_key,
    beside.plan_key as parent_plan_key,
    beside.jurisdiction_key as parent_jurisdiction_key,
    beside.measure_key as parent_measure_key,
    beside.link,
    beside.theme_key,
    beside.indicator_key,
    beside.kind,
    beside.child_measure_key,
    beside.child_indicator_key,
    beside.child_scope as scope,
    beside.facet,
    case
        when beside.child_measure_key is null then 'not_there'
        when not beside.is_comparable then 'not_comparable'
        else {{ relation_of('beside.child_comparable_value', 'beside.comparable_value') }}
    end as value_relation,
    case
        when beside.child_period_end_year = beside.period_end_year then 'same_year'
        when beside.child_period_end_year < beside.period_end_year then 'earlier'
        when beside.child_period_end_year > beside.period_end_year then 'later'
    end as time_relation,
    beside.is_total,
    case
        when beside.is_comparable
            then {{ relation_of('beside.child_per_million_value', 'beside.per_million_value') }}
    end as per_million_relation,
    case when beside.is_comparable then beside.difference end as difference,
    case
        when
            beside.is_comparable
            and beside.is_total
            and beside.child_scope = 'same'
            and beside.jurisdiction_key != beside.child_jurisdiction_key
            and beside.comparable_value > 0
            then 100.0 * beside.child_comparable_value / beside.comparable_value
    end as share_of_parent,
    beside.comparable_unit,
    beside.value_text as parent_value_text,
    beside.comparator as parent_comparator,
    beside.comparable_value as parent_comparable_value,
    beside.per_million_value as parent_per_million_value,
    beside.period_end_year as parent_period_end_year,
    beside.child_value_text,
    beside.child_comparator,
    beside.child_comparable_value,
    beside.child_per_million_value,
    beside.child_period_end_year,
    coverage.status as child_theme_status,
    case
        when beside.child_measure_key is null or (beside.is_comparable and beside.child_scope = 'same') then null
        when beside.is_comparable
            then format('下级规划的{}比上级{}。', facets.name_zh, case beside.child_scope when 'narrower' then '窄' else '宽' end)
        when beside.comparability = 'not_comparable' then '上级规划:' || beside.reason_zh
        when beside.child_comparability = 'not_comparable' then '下级规划:' || beside.child_reason_zh
        else '两者所指对象不同。'
    end as reason_zh,
    case
        when beside.child_measure_key is null or (beside.is_comparable and beside.child_scope = 'same') then null
        when beside.is_comparable
            then format('The {} of the lower plan is {}.', facets.name_en, beside.child_scope)
        when beside.comparability = 'not_comparable' then 'Plan above: ' || beside.reason_en
        when beside.child_comparability = 'not_comparable' then 'Lower plan: ' || beside.child_reason_en
        else 'The two mean different objects.'
    end as reason_en,
    beside.quote_zh as parent_quote_zh,
    beside.child_quote_zh
from beside
left join {{ ref('rpt_theme_coverage') }} as coverage
    on
        beside.theme_key = coverage.theme_key
        and beside.child_plan_key = coverage.plan_key
left join {{ ref('codes') }} as facets
    on
        beside.facet = facets.code
        and facets.vocabulary = 'facet'
