-- One row per award: who gets how much for what, with the cap on it and the conditions to be met.
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

caps as (
    select
        governs_measure_key,
        min(value) as cap_amount,
        arg_min(per, value) as cap_per,
        arg_min(measure_key, value) as cap_measure_key
    from measures
    where kind = 'incentive' and governs_measure_key is not null
    group by governs_measure_key
),

conditions as (
    select
        governs_measure_key,
        count(*) as condition_count,
        string_agg(indicator_text_zh || ' ' || value_text, ';' order by char_start) as conditions_zh
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
    awards.indicator_text_zh,
    awards.recipient_zh,
    awards.value as amount,
    awards.unit_key,
    awards.comparator,
    awards.comparator in ('le', 'lt') as is_cap,
    awards.per,
    caps.cap_amount,
    caps.cap_per,
    caps.cap_measure_key,
    coalesce(conditions.condition_count, 0)::integer as condition_count,
    conditions.conditions_zh,
    awards.quote_zh
from awards
left join caps on awards.measure_key = caps.governs_measure_key
left join conditions on awards.measure_key = conditions.governs_measure_key
