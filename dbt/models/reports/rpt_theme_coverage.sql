-- Theme by plan: what a plan commits to, says, or only mentions, and themes that were searched and not found, or that
-- the plan is not about.
with grid as (
    select
        themes.theme_key,
        plans.plan_key,
        plans.jurisdiction_key
    from {{ ref('dim_theme') }} as themes
    cross join {{ ref('dim_plan') }} as plans
),

provisions as (
    select
        plan_key,
        theme_key,
        count(*) as provisions,
        sum(char_end - char_start) as chars
    from {{ ref('fct_provision') }}
    group by plan_key, theme_key
),

texts as (
    select
        plan_key,
        sum(char_end - char_start) as chars
    from {{ ref('fct_provision') }}
    group by plan_key
),

measures as (
    select
        plan_key,
        theme_key,
        count(*) as measures,
        count(*) filter (where kind = 'target') as targets,
        count(*) filter (where kind = 'incentive') as incentives,
        count(*) filter (where kind in ('funding', 'allocation')) as sums_of_money,
        count(*) filter (where kind = 'sanction') as sanctions,
        count(*) filter (where kind = 'condition') as thresholds,
        -- A threshold is no promise, and a report of the past none either.
        count(*) filter (where kind not in ('baseline', 'condition')) as commitments,
        -- A yearly fund and a sum spent once do not add up.
        sum(value) filter (where kind = 'funding' and unit_key = 'CNY' and per is null) as money,
        sum(value) filter (where kind = 'funding' and unit_key = 'CNY' and per = 'year') as money_per_year
    from {{ ref('fct_measure') }}
    where not is_restatement
    group by plan_key, theme_key
),

mentions as (
    select
        plan_key,
        theme_key,
        matched_terms_zh
    from {{ ref('int_plan_mention') }}
),

covered as (
    select
        grid.theme_key,
        grid.plan_key,
        grid.jurisdiction_key,
        cast(coalesce(provisions.provisions, 0) as integer) as provisions,
        cast(coalesce(measures.measures, 0) as integer) as measures,
        cast(coalesce(measures.commitments, 0) as integer) as commitments,
        cast(coalesce(measures.targets, 0) as integer) as targets,
        cast(coalesce(measures.incentives, 0) as integer) as incentives,
        cast(coalesce(measures.sums_of_money, 0) as integer) as sums_of_money,
        cast(coalesce(measures.sanctions, 0) as integer) as sanctions,
        cast(coalesce(measures.thresholds, 0) as integer) as thresholds,
        remits.is_in_remit,
        measures.money,
        measures.money_per_year,
        100.0 * coalesce(provisions.chars, 0) / texts.chars as share_of_text,
        case
            when measures.commitments > 0 then 'quantified'
            when provisions.provisions > 0 then 'stated_without_number'
            when mentions.matched_terms_zh is not null then 'mentioned_only'
            when not remits.is_in_remit then 'outside_remit'
            else 'searched_not_found'
        end as status,
        mentions.matched_terms_zh
    from grid
    inner join {{ ref('int_plan_remit') }} as remits
        on
            grid.plan_key = remits.plan_key
            and grid.theme_key = remits.theme_key
    left join provisions on grid.plan_key = provisions.plan_key and grid.theme_key = provisions.theme_key
    left join texts on grid.plan_key = texts.plan_key
    left join measures on grid.plan_key = measures.plan_key and grid.theme_key = measures.theme_key
    left join mentions on grid.plan_key = mentions.plan_key and grid.theme_key = mentions.theme_key
)

select
    covered.theme_key,
    covered.plan_key,
    covered.jurisdiction_key,
    covered.provisions,
    covered.measures,
    covered.commitments,
    covered.targets,
    covered.money,
    covered.money_per_year,
    covered.share_of_text,
    covered.status,
    words.name_zh as status_zh,
    words.name_en as status_en,
    covered.matched_terms_zh,
    {{ per_million('covered.money', 'places.population') }} as money_per_million,
    {{ per_million('covered.money_per_year', 'places.population') }} as money_per_year_per_million,
    covered.incentives,
    covered.sums_of_money,
    covered.sanctions,
    covered.thresholds,
    covered.is_in_remit
from covered
inner join {{ ref('dim_jurisdiction') }} as places on covered.jurisdiction_key = places.jurisdiction_key
left join {{ ref('codes') }} as words
    on
        covered.status = words.code
        and words.vocabulary = 'coverage_status'
