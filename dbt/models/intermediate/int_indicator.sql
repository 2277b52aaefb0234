-- The indicators: those that an analyst named, and the other combinations of facets that a plan states, with names in
-- both languages that are composed of those of their facets.
with assigned as (
    select
        measure_key,
        indicator_key,
        words_zh,
        false as is_bare
    from {{ ref('int_measure_indicator') }}
    where not is_curated and combination_key is not null
    union all
    -- What is called by words that no term knows stands apart by what is called without them, and the own budget of a
    -- city by that of any place.
    select
        measure_key,
        bare_indicator_key as indicator_key,
        null as words_zh,
        true as is_bare
    from {{ ref('int_measure_indicator') }}
    where not is_bare_curated and combination_key != bare_combination_key
),

composed as (
    select
        assigned.indicator_key,
        any_value(combinations.axis_object_key) as object_key,
        any_value(combinations.event_key) as event_key,
        any_value(combinations.only_event) as only_event,
        any_value(combinations.quantity_key) as quantity_key,
        any_value(if(assigned.is_bare, combinations.axis_grade_key, combinations.grade_key)) as grade_key,
        any_value(combinations.locus_key) as locus_key,
        any_value(combinations.axis_party_key) as party_key,
        any_value(combinations.role) as role,
        any_value(combinations.basis) as basis,
        any_value(combinations.family) as family,
        any_value(nullif(combinations.counter_zh, '')) as counter_zh,
        any_value(assigned.words_zh) as words_zh,
        contains(assigned.indicator_key, '.by_') as is_counted_otherwise
    from assigned
    inner join {{ ref('int_measure_combination') }} as combinations on assigned.measure_key = combinations.measure_key
    group by assigned.indicator_key
),

worded as (
    select
        composed.*,
        objects.theme_key,
        objects.rights,
        objects.family as object_family,
        objects.name_zh as object_zh,
        objects.name_en as object_en,
        objects.definition_zh as object_definition_zh,
        objects.definition_en as object_definition_en,
        events.definition_zh as event_definition_zh,
        events.definition_en as event_definition_en,
        composed.event_key in ('output', 'value_added', 'revenue') as is_measured_in_money,
        -- 中小企业培育数量, not 中小企业的企业; 托管企业(中小企业), where 的 would say who has the enterprise.
        composed.object_key = 'enterprise' and parties.name_zh is not null as is_party_alone,
        composed.role = 'target'
        and objects.family in ('organisation', 'person')
        and not is_party_alone as is_party_behind,
        -- What is a payment by itself is not paid for.
        regexp_matches(objects.name_zh, '(奖金|报酬)$') as is_payment,
        -- 省专利奖特等奖, but 国家级示范企业.
        coalesce(grades.facet_order >= 20, false) as is_prize,
        -- What can happen in one way only need not be said, nor what only says stock or flow.
        coalesce(composed.event_key != composed.only_event, true)
        and composed.event_key not in ('existing', 'added') as is_event_said,
        events.name_zh as event_zh,
        events.name_en as event_en,
        concat(
            case when not is_prize then grades.name_zh end,
            loci.name_zh,
            case when not is_party_alone and not is_party_behind then parties.name_zh || '的' end
        ) as of_zh,
        case when is_party_alone then parties.name_zh else objects.name_zh end as thing_object_zh,
        case when is_party_alone then parties.name_en else objects.name_en end as thing_object_en,
        case when is_party_behind then '(' || parties.name_zh || ')' end as behind_zh,
        case when is_prize then grades.name_zh end as prize_zh,
        concat(
            ', ' || grades.name_en,
            ', ' || loci.name_en,
            case
                when is_party_alone then ''
                when composed.quantity_key = 'award' then ', paid to ' || parties.name_en
                else ', ' || parties.name_en
            end
        ) as of_en,
        units.unit_key,
        -- What the seed has no name for is counted as printed.
        case
            when units.unit_key != 'other' then units.name_zh
            else coalesce('“' || composed.counter_zh || '”', '其他单位')
        end as unit_zh,
        case
            when units.unit_key != 'other' then lower(units.name_en)
            else coalesce('“' || composed.counter_zh || '”', 'other units')
        end as unit_en,
        bases.name_zh as basis_zh,
        bases.name_en as basis_en
    from composed
    inner join {{ ref('int_facet') }} as objects
        on
            composed.object_key = objects.facet_key
            and objects.facet = 'object'
    left join {{ ref('int_facet') }} as events
        on
            composed.event_key = events.facet_key
            and events.facet = 'event'
    left join {{ ref('int_facet') }} as grades
        on
            composed.grade_key = grades.facet_key
            and grades.facet = 'grade'
    left join {{ ref('int_facet') }} as loci
        on
            composed.locus_key = loci.facet_key
            and loci.facet = 'locus'
    left join {{ ref('int_facet') }} as parties
        on
            composed.party_key = parties.facet_key
            and parties.facet = 'party'
    inner join {{ ref('units') }} as units
        on
            composed.family = units.family
            and units.is_of_family
    inner join {{ ref('codes') }} as bases
        on
            composed.basis = bases.code
            and bases.vocabulary = 'basis'
),

phrased as (
    select
        *,
        concat(
            of_zh,
            thing_object_zh,
            behind_zh,
            prize_zh,
            case when is_event_said and not is_measured_in_money then event_zh end
        ) as thing_zh,
        concat(
            thing_object_en, case when is_event_said and not is_measured_in_money then ' ' || event_en end
        ) as thing_en
    from worded
),

named as (
    select
        *,
        case
            when quantity_key = 'count' and event_key = 'existing' then thing_zh || '总数'
            when quantity_key = 'count' and event_key = 'added' then '新增' || thing_zh || '数'
            when quantity_key = 'count' then thing_zh || '数量'
            when quantity_key in ('amount', 'growth_of_amount') and is_measured_in_money then thing_zh || event_zh
            when quantity_key in ('amount', 'growth_of_amount') then thing_zh || '金额'
            when quantity_key = 'growth_of_count' then thing_zh || '数量'
            when quantity_key in ('density', 'growth_of_density') then '每万人(户)' || thing_zh || '量'
            when quantity_key in ('rate', 'growth_of_rate') then thing_zh || '比率'
            when quantity_key = 'award' and is_payment then thing_zh
            when quantity_key = 'award' then thing_zh || '奖补'
            when quantity_key = 'cost_share' then thing_zh || '补助比例'
            when quantity_key = 'prime_rate_share' then thing_zh || '按利率补贴比例'
            when quantity_key = 'share_change' then thing_zh || '比例调整'
            when quantity_key = 'matching' then thing_zh || '配套比例'
            when quantity_key = 'points' then thing_zh || '补贴百分点'
            when quantity_key = 'fund_size' then thing_zh || '规模'
            when quantity_key = 'share' and is_measured_in_money then thing_zh || event_zh || '占比'
            when role = 'share' then thing_zh || '分配比例'
            when quantity_key = 'share' then thing_zh || '占比'
            when quantity_key = 'score' then thing_zh || '得分'
            when quantity_key = 'duration' then thing_zh || '期限'
            else thing_zh || '罚款'
        end as number_zh,
        case
            when quantity_key = 'count' and event_key = 'existing' then 'all ' || thing_en
            when quantity_key = 'count' and event_key = 'added' then 'new ' || thing_en
            when quantity_key = 'count' then thing_en
            when is_measured_in_money then event_en || ' of ' || thing_en
            when quantity_key in ('amount', 'growth_of_amount') and object_family = 'money' then thing_en
            when quantity_key in ('amount', 'growth_of_amount')
                then case basis when 'growth_per_year' then 'the ' else '' end || 'amount of ' || thing_en
            when quantity_key = 'growth_of_count' then 'the number of ' || thing_en
            when quantity_key in ('density', 'growth_of_density') then thing_en || ' per 10,000'
            when quantity_key in ('rate', 'growth_of_rate') then 'rate of ' || thing_en
            when quantity_key = 'award' and is_payment then thing_en
            when quantity_key = 'award' and event_key = 'won'
                then 'award for winning ' || if(suffix(thing_en, 's'), '', 'the ') || thing_en
            when quantity_key = 'award' then 'award for ' || thing_en
            when quantity_key = 'cost_share' then 'share of cost paid for ' || thing_en
            when quantity_key = 'prime_rate_share' then 'share of the prime rate paid for ' || thing_en
            when quantity_key = 'share_change' then 'change in the share of ' || thing_en
            when quantity_key = 'matching' then 'matching award for ' || thing_en
            when quantity_key = 'points' then 'points paid for ' || thing_en
            when quantity_key = 'fund_size' then thing_en
            when role = 'share' then 'share set apart of ' || thing_en
            when quantity_key = 'share' then 'share of ' || thing_en
            when quantity_key = 'score' then 'score of ' || thing_en
            when quantity_key = 'duration' then if(is_counted_otherwise, 'duration of ', 'years of ') || thing_en
            else 'fine for ' || thing_en
        end as number_en
    from phrased
),

complete as (
    select
        *,
        concat(
            number_zh,
            case when role = 'cap' then '上限' end,
            case
                when basis = 'growth_per_year' then '年增幅'
                when basis = 'multiple' then '倍数'
                when basis != 'share' then '(' || basis_zh || ')'
            end,
            case when is_counted_otherwise then ',以' || unit_zh || '计' end,
            ',“' || words_zh || '”'
        ) as name_zh,
        concat(
            case
                when basis = 'growth_per_year' then 'annual growth of '
                when basis = 'multiple' then 'multiple of '
                when role = 'cap' then 'cap on the '
            end,
            number_en,
            of_en,
            case when basis not in ('growth_per_year', 'multiple', 'share') then ' (' || basis_en || ')' end,
            case when is_counted_otherwise then ', counted in ' || unit_en end,
            ', called “' || words_zh || '”'
        ) as name_en
    from named
)

select
    indicator_key,
    theme_key,
    unit_key,
    basis,
    rights as scope,
    object_key,
    event_key,
    quantity_key,
    grade_key,
    locus_key,
    party_key,
    role,
    words_zh,
    false as is_curated,
    name_zh,
    upper(left(name_en, 1)) || substr(name_en, 2) as name_en,
    concat(object_zh, ':', object_definition_zh, event_definition_zh) as definition_zh,
    concat_ws(' ', object_definition_en, event_definition_en) as definition_en
from complete
union all
select
    indicator_key,
    theme_key,
    unit_key,
    basis,
    scope,
    object_key,
    event_key,
    quantity_key,
    grade_key,
    locus_key,
    party_key,
    role,
    null as words_zh,
    indicator_key != 'unmapped' as is_curated,
    name_zh,
    name_en,
    definition_zh,
    definition_en
from {{ ref('indicators') }}
