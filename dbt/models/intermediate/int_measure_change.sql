-- How far each target is from what its plan says was there before: the report of the past on the same axis, of the same
-- object, unit and form, and over as many years. Of several, the one that is stated together with the target under the
-- same name comes first, then the latest.
with measures as (
    select
        stated.measure_key,
        stated.plan_key,
        stated.kind,
        stated.form,
        stated.unit,
        cast(stated.value as double) as value,
        stated.value_text,
        stated.indicator_text_zh,
        stated.quote_zh,
        stated.char_start,
        stated.period_end_year,
        assigned.combination_key,
        assigned.basis,
        combinations.object_key,
        -- What is counted in a unit of its own (天, 分) is told apart by the word.
        case
            when stated.unit = 'other' then regexp_replace(stated.value_text, '[0-9.,万亿]', '', 'g')
        end as unit_word,
        regexp_matches(stated.value_text, '百分[点點]|个点|個點')
        or (stated.unit = 'percent' and regexp_matches(coalesce(stated.indicator_text_zh, ''), '降幅$'))
            as is_difference,
        stated.horizon_years is null and stated.period_start_year is null as is_without_span,
        -- A flow of the past that names one year is that of this year; a sum of several says so (三年合计).
        case
            when stated.per = 'year' then 1
            when regexp_matches(stated.quote_zh, '合计|累计|合計|累計') then stated.horizon_years
            when stated.kind = 'baseline'
                then coalesce(
                        stated.horizon_years,
                        stated.period_end_year
                        - coalesce(stated.period_start_year, stated.period_end_year) + 1
                    )
            else coalesce(horizons.years, case when regexp_full_match(stated.period_text, '[0-9]{4}年') then 1 end)
        end as span_years
    from {{ ref('stg_measures') }} as stated
    inner join {{ ref('int_measure_indicator') }} as assigned on stated.measure_key = assigned.measure_key
    inner join {{ ref('int_measure_combination') }} as combinations on stated.measure_key = combinations.measure_key
    inner join {{ ref('int_measure_horizon') }} as horizons on stated.measure_key = horizons.measure_key
    left join {{ ref('int_measure_restatement') }} as restatements on stated.measure_key = restatements.measure_key
    where
        stated.kind in ('target', 'baseline')
        and assigned.combination_key is not null
        and restatements.measure_key is null
),

paired as (
    select
        targets.*,
        baselines.measure_key as baseline_measure_key,
        baselines.value as baseline_value,
        baselines.period_end_year as baseline_year,
        targets.value - baselines.value as change_absolute
    from measures as targets
    inner join measures as baselines
        on
            targets.plan_key = baselines.plan_key
            and targets.combination_key = baselines.combination_key
            and targets.object_key = baselines.object_key
            and targets.unit = baselines.unit
            and targets.form = baselines.form
            and {{ same_or_both_null('targets.unit_word', 'baselines.unit_word') }}
    where
        targets.kind = 'target'
        and baselines.kind = 'baseline'
        and not targets.is_difference
        and not baselines.is_difference
        and coalesce(baselines.period_end_year < targets.period_end_year, true)
        and (
            targets.form in ('level', 'share', 'growth_annual')
            -- A flow over five years is none beside one over three.
            or targets.span_years = baselines.span_years
            -- Columns of one table and the two ends of one sentence are of one kind.
            or (
                targets.form = 'flow'
                and targets.is_without_span
                and baselines.is_without_span
                and targets.quote_zh = baselines.quote_zh
                and targets.indicator_text_zh = baselines.indicator_text_zh
            )
        )
        and targets.form != 'multiple'
    qualify
        row_number() over (
            partition by targets.measure_key
            order by
                targets.quote_zh = baselines.quote_zh and targets.indicator_text_zh = baselines.indicator_text_zh desc,
                baselines.period_end_year desc nulls last,
                baselines.char_start desc,
                baselines.measure_key asc
        ) = 1
),

changed as (
    select
        *,
        -- Per cent of a percentage would be taken for points.
        case when unit != 'percent' and baseline_value > 0 then 100.0 * change_absolute / baseline_value end
            as change_percent,
        case
            when form not in ('growth_annual', 'growth_total') and period_end_year > baseline_year
                then period_end_year - baseline_year
        end as change_years
    from paired
)

select
    measure_key,
    baseline_measure_key,
    baseline_value,
    baseline_year,
    change_absolute,
    change_percent,
    change_absolute / change_years as change_per_year,
    concat(
        {{ short_number('value') }}, ' − ', {{ short_number('baseline_value') }}, ' = ',
        {{ signed_number('change_absolute') }}, {{ change_unit('unit') }},
        ' (' || {{ signed_number('change_percent') }} || ' %)',
        '; ÷ ' || change_years || ' = ' || {{ signed_number('change_absolute / change_years') }}
        || {{ change_unit('unit') }} || ' /yr'
    ) as formula
from changed
