select
    provision_key,
    instrument_key,
    instrument_rank::integer as rank,
    points::integer as points,
    matched_terms_zh
from {{ ref('int_provision_instrument') }}
