-- Measures with an indicator that are not compared, or compared although they repeat another.
select measures.measure_key
from {{ ref('fct_measure') }} as measures
left join {{ ref('rpt_indicator_comparison') }} as compared on measures.measure_key = compared.measure_key
where
    (compared.measure_key is null)
    = (measures.indicator_key != 'unmapped' and not measures.is_restatement)
