-- One row per award: who gets how much for what, facet by facet, with the cap on it and the conditions to be met, and
-- how many plans pay for the same.
with measures as (
    select *
    from {{ ref('fct_measure') }}
    where not is_restatement
),

awards as (
    select *
    from measures
    where kind = 'incentive' and governs_measure_key is null
),

-- Of several caps on one award the lowest binds.
caps as (
    select
        governs_measure_key,
        min(value) as cap_amount,
        arg_min(value_text, value) as cap_value_text,
        arg_min(per, value) as cap_per,
        arg_min(measure_key, value) as cap_measure_key,
        arg_min(quote_zh, value) as cap_quote_zh
    from measures
    where kind = 'incentive' and governs_measure_key is not null
    group by governs_measure_key
),

conditions as (
    select
        governs_measure_key,
        count(*) as condition_count,
        string_agg(indicator_text_zh || ' ' || value_text, ';' order by char_start) as conditions_zh,
        string_agg(measure_key, '|' order by char_start) as condition_measure_keys
    from measures
    where kind = 'condition' and governs_measure_key is not null
    group by governs_measure_key
)

select
    awards.measure_key,
    awards.plan_key,
    awards.jurisdiction_key,
    awards.provision_key,
    awards.theme_key,
    awards.indicator_key,
    awards.object_key,
    awards.event_key,
    awards.quantity_key,
    awards.grade_key,
    awards.locus_key,
    awards.party_key,
    cast(
        case
            when awards.indicator_key != 'unmapped'
                then count(distinct awards.plan_key) over (partition by awards.indicator_key)
        end as integer
    ) as plans_on_axis,
    awards.indicator_text_zh,
    awards.recipient_zh,
    awards.value_text,
    awards.value as amount,
    awards.unit_key,
    awards.comparator,
    awards.comparator in ('le', 'lt') as is_cap,
    awards.per,
    awards.period_text,
    caps.cap_amount,
    caps.cap_value_text,
    caps.cap_per,
    caps.cap_measure_key,
    caps.cap_quote_zh,
    cast(coalesce(conditions.condition_count, 0) as integer) as condition_count,
    conditions.conditions_zh,
    conditions.condition_measure_keys,
    awards.heading_path_zh,
    awards.quote_zh,
    awards.char_start,
    awards.char_end
from awards
left join caps on awards.measure_key = caps.governs_measure_key
left join conditions on awards.measure_key = conditions.governs_measure_key
