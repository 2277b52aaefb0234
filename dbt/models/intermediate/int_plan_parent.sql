-- Which plans stand over a plan: those that it cites, by number or by a title that no other plan has, and that are of a
-- above its own or of its own place and not younger; and the plans of its province and of its city, if their times
-- meet: a regulation of 2012 is no answer to a programme of 2023. Of several links between two plans the citation tells
-- most.
with plans as (
    select
        documents.plan_key,
        documents.jurisdiction_key,
        documents.issued_on,
        coalesce(documents.period_start_year, year(documents.issued_on)) as first_year,
        -- What has no period is as old as its day, and stays in force.
        coalesce(documents.period_end_year, year(documents.issued_on)) as last_said_year,
        documents.period_end_year,
        places.name_zh as place_zh,
        places.province_zh,
        places.level,
        levels.code_order as level_order,
        replace(replace(replace(documents.document_number, ' ', ''), '[', '〔'), ']', '〕') as document_number,
        {{ own_title('documents.title_folded_zh') }} as own_title
    from {{ ref('stg_documents') }} as documents
    inner join {{ ref('dim_jurisdiction') }} as places on documents.jurisdiction_key = places.jurisdiction_key
    left join {{ ref('codes') }} as levels
        on
            places.level = levels.code
            and levels.vocabulary = 'level'
),

-- 实施方案 is the title of many.
titled as (
    select own_title
    from plans
    where length(own_title) >= 8
    group by own_title
    having count(*) = 1
),

citations as (
    select
        plan_key,
        char_start,
        quote_zh,
        replace(replace(replace(document_number, ' ', ''), '[', '〔'), ']', '〕') as document_number,
        {{ own_title('title_folded_zh') }} as own_title
    from {{ ref('stg_citations') }}
),

cited as (
    select
        children.plan_key,
        parents.plan_key as parent_plan_key,
        'cites' as link,
        1 as link_order,
        arg_min(citations.quote_zh, citations.char_start) as quote_zh
    from citations
    inner join plans as children on citations.plan_key = children.plan_key
    inner join plans as parents
        on
            children.plan_key != parents.plan_key
            and (
                citations.document_number = parents.document_number
                or (
                    citations.own_title = parents.own_title
                    and parents.own_title in (select titled.own_title from titled)
                    and coalesce(citations.document_number = parents.document_number, true)
                )
            )
    where
        (
            parents.jurisdiction_key = children.jurisdiction_key
            and coalesce(parents.issued_on <= children.issued_on, true)
        )
        or (
            parents.level_order < children.level_order
            and (parents.level != 'province' or coalesce(parents.place_zh = children.province_zh, true))
        )
    group by children.plan_key, parents.plan_key
),

above as (
    select
        children.plan_key,
        parents.plan_key as parent_plan_key,
        case parents.level when 'province' then 'province_over_city' else 'city_over_county' end as link,
        2 as link_order,
        cast(null as varchar) as quote_zh
    from plans as children
    inner join plans as parents
        on
            children.level_order > parents.level_order
            and (
                (parents.level = 'province' and children.province_zh = parents.place_zh)
                -- The first four figures of an administrative code are those of the city.
                or (
                    parents.level = 'prefecture'
                    and regexp_full_match(children.jurisdiction_key, '[0-9]{6}')
                    and left(children.jurisdiction_key, 4) || '00' = parents.jurisdiction_key
                )
            )
            and coalesce(children.last_said_year >= parents.first_year, true)
            and coalesce(children.first_year <= parents.period_end_year, true)
),

linked as (
    select * from cited
    union all
    select * from above
)

select
    plan_key,
    parent_plan_key,
    link,
    quote_zh
from linked
qualify row_number() over (partition by plan_key, parent_plan_key order by link_order) = 1
