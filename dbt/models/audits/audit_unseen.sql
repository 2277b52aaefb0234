-- How much is right on texts that nobody had seen who made the rules.
select
    set_key,
    cast(set_order as integer) as set_order,
    name_zh,
    name_en,
    cast(texts as integer) as texts,
    cast(measures as integer) as measures,
    field,
    cast(share as double) as share
from {{ ref('unseen_scores') }}
