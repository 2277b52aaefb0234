select
    measure_key,
    theme_key,
    is_primary,
    cast(points as integer) as points,
    found_in,
    matched_terms_zh
from {{ ref('int_measure_theme') }}
