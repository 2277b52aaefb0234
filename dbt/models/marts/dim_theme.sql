select
    theme_key,
    cast(theme_order as integer) as theme_order,
    is_headline,
    name_zh,
    name_en,
    definition_zh,
    definition_en
from {{ ref('themes') }}
