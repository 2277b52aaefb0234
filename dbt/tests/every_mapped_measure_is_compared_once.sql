-- Measures with an indicator that are not compared by it, or compared although they repeat another.
select measures.measure_key
from {{ ref('fct_measure') }} as measures
left join {{ ref('rpt_indicator_comparison') }} as compared
    on
        measures.measure_key = compared.measure_key
        and measures.indicator_key = compared.indicator_key
where
    (compared.measure_key is null)
    = (measures.indicator_key != 'unmapped' and not measures.is_restatement)
