-- Plan by office and theme: the provisions that the office leads or supports, and the measures in those that it leads.
with tasks as (
    select distinct
        provisions.plan_key,
        provisions.provision_key,
        provisions.theme_key,
        provisions.measure_count,
        offices.agency_key,
        offices.role
    from {{ ref('bridge_provision_x_agency') }} as offices
    inner join {{ ref('fct_provision') }} as provisions on offices.provision_key = provisions.provision_key
)

select
    plan_key,
    agency_key,
    theme_key,
    cast(count(*) filter (where role = 'lead') as integer) as lead_provisions,
    cast(count(*) filter (where role = 'supporting') as integer) as supporting_provisions,
    cast(coalesce(sum(measure_count) filter (where role = 'lead'), 0) as integer) as lead_measures
from tasks
group by plan_key, agency_key, theme_key
