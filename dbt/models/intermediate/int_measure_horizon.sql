-- Over how many years each measure runs. The plan's own words come first (三年, or 年均 over a period that is named);
-- then the years of its own period; then, where it is to be reached at the end of the plan, the years of the plan.
-- Money of which its clause says no period (在中央财政拨付1.5亿元的基础上) is not spread over the years of the plan.
select
    measures.measure_key,
    case
        when
            measures.kind = 'funding'
            and starts_with(json_extract_string(measures.decided_by, '$.period'), 'period_of_plan')
            and not regexp_matches(measures.clause_folded_zh, '[0-9一二两三四五六七八九十]年|期内|期间')
            and measures.horizon_years > 1
            then null
        else coalesce(
                measures.horizon_years,
                measures.period_end_year - measures.period_start_year + 1,
                case
                    when measures.period_end_year = documents.period_end_year
                        then documents.period_end_year - documents.period_start_year + 1
                end
            )
    end as years
from {{ ref('stg_measures') }} as measures
inner join {{ ref('stg_documents') }} as documents on measures.plan_key = documents.plan_key
