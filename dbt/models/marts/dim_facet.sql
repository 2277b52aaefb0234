select
    facet,
    facet_key,
    parent_key,
    depth,
    facet_order,
    theme_key,
    only_event as only_event_key,
    name_zh,
    name_en,
    definition_zh,
    definition_en,
    source
from {{ ref('int_facet') }}
where facet != 'plain'
