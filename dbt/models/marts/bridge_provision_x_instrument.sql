select
    provision_key,
    instrument_key,
    cast(instrument_rank as integer) as rank,
    cast(points as integer) as points,
    matched_terms_zh
from {{ ref('int_provision_instrument') }}
