select
    vocabulary,
    code,
    cast(code_order as integer) as code_order,
    name_zh,
    name_en,
    definition_zh,
    definition_en
from {{ ref('codes') }}
