-- Carries each measure that states something for the first time to the basis of its indicator, or says why not. Beside
-- its own it stands, not comparable, by the indicators of the same combination on another basis, so that a stock and a
-- flow of one thing are seen together.
with in_use as (
    select
        combination_key,
        indicator_key,
        basis,
        family
    from {{ ref('int_measure_indicator') }}
    where combination_key is not null
    union
    select
        bare_combination_key as combination_key,
        bare_indicator_key as indicator_key,
        basis,
        family
    from {{ ref('int_measure_indicator') }}
    where bare_combination_key is not null
),

measures as (
    select
        measures.*,
        assigned.rights,
        assigned.is_part_of_axis,
        coalesce(assigned.is_for_enterprises, false) as is_for_enterprises,
        assigned.is_of_part,
        assigned.role,
        in_use.indicator_key,
        in_use.indicator_key = assigned.indicator_key as is_own,
        in_use.basis,
        in_use.combination_key != assigned.combination_key as is_bare,
        assigned.words_zh,
        horizons.years,
        strengths.origin,
        strengths.novelty,
        strengths.is_wider_than_ip
    from {{ ref('stg_measures') }} as measures
    inner join {{ ref('int_measure_indicator') }} as assigned on measures.measure_key = assigned.measure_key
    inner join in_use
        on
            in_use.combination_key in (assigned.combination_key, assigned.bare_combination_key)
            and assigned.family = in_use.family
    inner join {{ ref('int_measure_horizon') }} as horizons on measures.measure_key = horizons.measure_key
    left join {{ ref('int_measure_strength') }} as strengths on measures.measure_key = strengths.measure_key
    left join {{ ref('int_measure_restatement') }} as restatements on measures.measure_key = restatements.measure_key
    where restatements.measure_key is null
),

reasoned as (
    select
        *,
        case
            when kind = 'baseline' then 'baseline'
            when origin = 'passed_on' then 'passed_on'
            when is_of_part then 'part_of_place'
            when is_bare and words_zh is not null then 'unknown_words'
            when is_bare then 'other_budget'
            when
                comparator in ('le', 'lt')
                and role != 'cap'
                and (kind = 'funding' or form in ('level', 'flow'))
                then 'cap'
            when not is_own and basis = 'level_at_date' and form = 'flow' then 'flow_against_level'
            when not is_own and basis = 'per_year' and form = 'level' then 'level_against_flow'
            when not is_own and (per is not null or starts_with(basis, 'per_')) then 'per_unit'
            when not is_own then 'form_differs'
            when basis = 'growth_per_year' and regexp_matches(value_text, '百分[点點]|个点|個點') then 'points'
            -- Extraction keeps a fall positive and says so in the name.
            when basis = 'growth_per_year' and regexp_matches(indicator_text_zh, '降幅$') then 'fall'
            when basis = 'growth_per_year' and form = 'growth_annual' then 'as_stated'
            when basis = 'growth_per_year' and years = 1 then 'as_stated'
            when basis = 'growth_per_year' and years > 1 and value > -100 then 'annualised'
            when basis = 'growth_per_year' then 'no_period'
            -- A level that is reached each year is a yearly flow.
            when basis = 'per_year' and per = 'year' then 'as_stated'
            when basis = 'per_year' and years = 1 then 'as_stated'
            when basis = 'per_year' and years > 1 then 'spread'
            when basis = 'per_year' then 'no_period'
            else 'as_stated'
        end as reason_key,
        case
            when is_wider_than_ip then 'broader'
            when is_part_of_axis or is_for_enterprises then 'narrower'
            else 'same'
        end as scope
    from measures
),

judged as (
    select
        *,
        reason_key in ('annualised', 'spread') as is_rescaled,
        case
            when reason_key not in ('as_stated', 'annualised', 'spread') then 'not_comparable'
            when scope != 'same' then scope
            when reason_key = 'as_stated' then 'exact'
            else 'rescaled'
        end as comparability
    from reasoned
)

select
    measure_key,
    indicator_key,
    is_own,
    rights,
    reason_key,
    words_zh,
    is_part_of_axis,
    is_for_enterprises,
    scope,
    origin,
    novelty,
    years,
    is_rescaled,
    comparability,
    case reason_key
        when 'as_stated' then cast(value as double)
        when 'annualised' then {{ annual_growth('value', 'years') }}
        when 'spread' then value / years
    end as comparable_value,
    case reason_key
        when 'annualised' then {{ annual_growth_formula('value', 'years') }}
        when 'spread' then {{ yearly_share_formula('value', 'years', 'unit') }}
        -- A value that stays off the axis is told in its own unit, not in that of the axis.
        else {{ value_formula('value_text', 'value', 'unit', "case when reason_key = 'as_stated' then basis end") }}
    end as formula
from judged
