-- Comparisons that leave an analyst without a verdict, a reason in both languages, or the arithmetic.
select measure_key
from {{ ref('rpt_indicator_comparison') }}
where
    coalesce(comparability, '') not in ('exact', 'rescaled', 'narrower', 'broader', 'not_comparable')
    or coalesce(scope, '') not in ('same', 'narrower', 'broader')
    or coalesce(reason_zh, '') = ''
    or coalesce(reason_en, '') = ''
    or coalesce(formula, '') = ''
