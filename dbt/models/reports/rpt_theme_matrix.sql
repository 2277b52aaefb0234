-- Theme by plan by line: what the plan commits to, one line for what one figure of one sentence says, the most telling
-- first; where it puts no number to the theme, one line with its words, or why there are none. No plan is left out.
with stated as (
    select
        statements.*,
        comparisons.change_percent,
        comparisons.baseline_value,
        comparisons.baseline_year,
        -- A city beside its province shares an axis, and so do two plans of one place.
        count(distinct case when statements.comparable_value is not null then statements.plan_key end)
            over (partition by statements.indicator_key)
            as plans_on_axis,
        coalesce(kinds.code_order, 99) as kind_order
    from {{ ref('rpt_statement') }} as statements
    left join {{ ref('rpt_indicator_comparison') }} as comparisons
        on
            statements.measure_key = comparisons.measure_key
            and statements.indicator_key = comparisons.indicator_key
    left join {{ ref('codes') }} as kinds
        on
            statements.kind = kinds.code
            and kinds.vocabulary = 'kind'
    where statements.is_commitment
),

-- 金额与数量年均增幅30%, and the two parts of 8∶2.
lines as (
    select
        theme_key,
        plan_key,
        char_start,
        kind,
        count(*) as parts,
        string_agg(measure_key, '|' order by measure_key asc) as measure_keys,
        string_agg(indicator_name_zh, '、' order by measure_key asc) as name_zh,
        string_agg(indicator_name_en, '; ' order by measure_key asc) as name_en,
        arg_min(stated, measure_key) as stated
    from stated
    group by theme_key, plan_key, char_start, kind
),

ranked as (
    select
        *,
        row_number() over (
            partition by theme_key, plan_key
            order by
                stated.governs_measure_key is not null asc,
                stated.indicator_key = 'unmapped' asc,
                stated.kind_order = 1 desc,
                stated.plans_on_axis > 1 desc,
                stated.plans_on_axis desc,
                stated.kind_order asc,
                stated.strength desc,
                char_start asc
        ) as line,
        count(*) over (partition by theme_key, plan_key) as line_count
    from lines
)

select
    coverage.theme_key,
    coverage.plan_key,
    cast(coalesce(ranked.line, 1) as integer) as line,
    cast(coalesce(ranked.line_count, 0) as integer) as line_count,
    coverage.jurisdiction_key,
    places.name_zh as jurisdiction_name_zh,
    places.name_en as jurisdiction_name_en,
    places.is_province,
    plans.period_start_year as plan_start_year,
    plans.period_end_year as plan_end_year,
    coverage.status,
    ranked.stated.measure_key,
    ranked.measure_keys,
    coalesce(ranked.stated.provision_key, words.provision_key) as provision_key,
    ranked.stated.kind,
    ranked.stated.indicator_key,
    ranked.name_zh as indicator_name_zh,
    ranked.name_en as indicator_name_en,
    cast(ranked.stated.plans_on_axis as integer) as plans_on_axis,
    ranked.stated.form in ('growth_annual', 'growth_total', 'multiple') as is_growth,
    ranked.stated.form,
    ranked.stated.comparator,
    ranked.stated.is_aspirational,
    ranked.stated.value_text,
    -- The parts of a ratio are read as printed.
    case when ranked.parts = 1 or ranked.stated.kind != 'allocation' then ranked.stated.value end as value,
    ranked.stated.unit_key,
    ranked.stated.unit_symbol_zh,
    ranked.stated.unit_symbol_en,
    ranked.stated.per,
    ranked.stated.years,
    ranked.stated.comparability,
    case when ranked.parts = 1 then ranked.stated.comparable_value end as comparable_value,
    ranked.stated.axis_unit_zh,
    ranked.stated.axis_unit_en,
    case when ranked.parts = 1 then ranked.stated.change_percent end as change_percent,
    case when ranked.parts = 1 then cast(ranked.stated.baseline_value as double) end as baseline_value,
    case when ranked.parts = 1 then ranked.stated.baseline_year end as baseline_year,
    case when ranked.parts = 1 then ranked.stated.per_million_value end as per_million_value,
    ranked.stated.period_end_year as due_year,
    ranked.stated.payer_zh,
    ranked.stated.payer_en,
    coalesce(ranked.stated.office_zh, words.office_zh) as office_zh,
    coalesce(ranked.stated.office_en, words.office_en) as office_en,
    coalesce(ranked.stated.office_from, case when words.office_zh is not null then 'own' end) as office_from,
    ranked.stated.strength,
    ranked.stated.binding,
    case
        when ranked.stated.measure_key is not null
            then
                {{ clauses_from(
                    'ranked.stated.quote_zh', 'greatest(1, ranked.char_start - ranked.stated.quote_char_start + 1)',
                    var('words_of_a_line')
                ) }}
        else words.words_zh
    end as words_zh,
    case
        when ranked.stated.measure_key is not null then ranked.stated.sentence_en
        when words.is_primary then coalesce('Policy tools: ' || lower(words.tools_en), coverage.status_en)
        else coverage.status_en
    end as sentence_en,
    coalesce(ranked.stated.quote_zh, words.sentence_zh) as quote_zh,
    ranked.stated.char_start,
    ranked.stated.char_end
from {{ ref('rpt_theme_coverage') }} as coverage
inner join {{ ref('dim_plan') }} as plans on coverage.plan_key = plans.plan_key
inner join {{ ref('dim_jurisdiction') }} as places on coverage.jurisdiction_key = places.jurisdiction_key
left join ranked
    on
        coverage.theme_key = ranked.theme_key
        and coverage.plan_key = ranked.plan_key
left join {{ ref('int_theme_words') }} as words
    on
        coverage.theme_key = words.theme_key
        and coverage.plan_key = words.plan_key
