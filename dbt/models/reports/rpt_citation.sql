-- Plan by superior document: how often and as what it is cited, how many plans cite it, and how many years the plan
-- came after it. Documents are told apart by number, else by title without the years in brackets behind it.
with citations as (
    select
        *,
        coalesce(
            document_number,
            regexp_replace(title_folded_zh, '[((][0-9].*[))]$', '', 'g')
        ) as document_key,
        -- A document without number often names its years in its title.
        coalesce(
            year,
            try_cast(regexp_extract(title_folded_zh, '[((]((19|20)[0-9]{2})', 1) as integer)
        ) as document_year
    from {{ ref('fct_citation') }}
),

documents as (
    select
        document_key,
        count(distinct plan_key) as plan_count
    from citations
    group by document_key
),

cited as (
    select
        plan_key,
        document_key,
        arg_min(title_zh, char_start) as title_zh,
        arg_min(document_number, char_start) as document_number,
        arg_min(quote_zh, char_start) as quote_zh,
        max(document_year) as year,
        bool_or(role = 'basis') as is_basis,
        count(*) as citations
    from citations
    where document_key is not null
    group by plan_key, document_key
),

plans as (
    select
        plan_key,
        coalesce(cast(year(issued_on) as integer), period_start_year) as plan_year
    from {{ ref('dim_plan') }}
)

select
    cited.plan_key,
    cited.document_key,
    cited.title_zh,
    cited.document_number,
    cited.year,
    case when cited.is_basis then 'basis' else 'mention' end as role,
    cast(cited.citations as integer) as citations,
    cast(documents.plan_count as integer) as plan_count,
    documents.plan_count > 1 as is_shared,
    plans.plan_year,
    plans.plan_year - cited.year as lag_years,
    cited.quote_zh
from cited
inner join documents on cited.document_key = documents.document_key
inner join plans on cited.plan_key = plans.plan_key
