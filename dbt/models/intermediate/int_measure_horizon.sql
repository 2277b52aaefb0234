-- Over how many years each measure runs. The plan's own words come first (三年, or 年均 over a period that is named); then
-- the years of its own period; then, where it is to be reached at the end of the plan, the years of the plan.
select
    measures.measure_key,
    coalesce(
        measures.horizon_years,
        measures.period_end_year - measures.period_start_year + 1,
        case
            when measures.period_end_year = documents.period_end_year
                then documents.period_end_year - documents.period_start_year + 1
        end
    ) as years
from {{ ref('stg_measures') }} as measures
inner join {{ ref('stg_documents') }} as documents on measures.plan_key = documents.plan_key
