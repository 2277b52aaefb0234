-- Measures that have no statement, or more than one.
select measures.measure_key
from {{ ref('fct_measure') }} as measures
left join {{ ref('rpt_statement') }} as statements on measures.measure_key = statements.measure_key
group by measures.measure_key
having count(statements.measure_key) != 1
