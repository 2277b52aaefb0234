-- Share of right answers per plan and field, against the reference readings. `found` is the recall, `precision` the
-- share of extracted rows that a reference row confirms; all other fields are assessed on pairs. An answer that is null
-- is not assessed, such as a theme on which the two readings did not agree.
with pairs as (
    select
        subject,
        plan_key,
        row_key,
        reference_key,
        row_key is not null as is_extracted,
        reference_key is not null as is_read,
        row_key is not null and reference_key is not null as is_pair
    from {{ ref('int_accuracy_match') }}
),

measure_answers as (
    select
        pairs.plan_key,
        case when pairs.is_read then pairs.is_pair end as found,
        case when pairs.is_extracted then pairs.is_pair end as precision,
        found.value = answer.value as value,
        found.unit = answer.unit as unit,
        found.comparator = answer.comparator as comparator,
        found.is_aspirational = answer.is_aspirational as is_aspirational,
        found.kind = answer.kind as kind,
        found.form = answer.form as form,
        case when pairs.is_pair then {{ same_or_both_null('found.per', 'answer.per') }} end as per,
        case when pairs.is_pair then {{ same_or_both_null('found.period_end_year', 'answer.period_end_year') }} end
            as period_end_year,
        found.char_start = answer.char_start and found.char_end = answer.char_end as span,
        found.theme_key = answer.theme_key as theme,
        case when pairs.is_pair then {{ same_or_both_null('restated.char_start', 'answer.restates_char_start') }} end
            as restates,
        case when pairs.is_pair then {{ same_or_both_null('governed.char_start', 'answer.governs_char_start') }} end
            as governs
    from pairs
    left join {{ ref('fct_measure') }} as found on pairs.row_key = found.measure_key
    left join {{ ref('stg_reference_measures') }} as answer on pairs.reference_key = answer.reference_key
    left join {{ ref('fct_measure') }} as restated on found.restates_measure_key = restated.measure_key
    left join {{ ref('fct_measure') }} as governed on found.governs_measure_key = governed.measure_key
    where pairs.subject = 'measure'
),

offices as (
    select
        provision_key,
        list(printed_name_zh) filter (where role = 'lead') as lead_agencies,
        list(printed_name_zh) filter (where role = 'supporting') as supporting_agencies
    from {{ ref('bridge_provision_x_agency') }}
    group by provision_key
),

provision_answers as (
    select
        pairs.plan_key,
        case when pairs.is_read then pairs.is_pair end as found,
        case when pairs.is_extracted then pairs.is_pair end as precision,
        found.number = answer.number as number,
        found.section = answer.section as section,
        found.heading_zh = answer.heading_zh as heading,
        found.char_start = answer.char_start and found.char_end = answer.char_end as span,
        case
            when pairs.is_pair
                then
                    list_sort(coalesce(offices.lead_agencies, []))
                    = list_sort(coalesce(answer.lead_agencies, []))
        end as lead_agencies,
        case
            when pairs.is_pair
                then
                    list_sort(coalesce(offices.supporting_agencies, []))
                    = list_sort(coalesce(answer.supporting_agencies, []))
        end as supporting_agencies,
        found.theme_key = answer.theme_key as theme
    from pairs
    left join {{ ref('fct_provision') }} as found on pairs.row_key = found.provision_key
    left join {{ ref('stg_reference_provisions') }} as answer on pairs.reference_key = answer.reference_key
    left join offices on pairs.row_key = offices.provision_key
    where pairs.subject = 'provision'
),

measure_fields as (
    unpivot measure_answers
    on columns(* exclude (plan_key))
    into name field value is_right
),

provision_fields as (
    unpivot provision_answers
    on columns(* exclude (plan_key))
    into name field value is_right
),

answers as (
    select
        plan_key,
        'measure.' || field as field,
        is_right
    from measure_fields
    union all
    select
        plan_key,
        'provision.' || field as field,
        is_right
    from provision_fields
),

counts as (
    select
        plan_key,
        field,
        count(*) as assessed,
        count(*) filter (where is_right) as right_count
    from answers
    group by plan_key, field
)

select
    plans.plan_key,
    split_part(fields.code, '.', 1) as subject,
    fields.code as field,
    cast(coalesce(counts.assessed, 0) as integer) as assessed,
    cast(counts.right_count as integer) as "right",
    counts.right_count / counts.assessed as share,
    case when counts.assessed is null then 'not assessed' else 'assessed' end as status
from {{ ref('dim_plan') }} as plans
cross join {{ ref('codes') }} as fields
left join counts on plans.plan_key = counts.plan_key and fields.code = counts.field
where fields.vocabulary = 'accuracy_field'
