-- Plan by superior document: how often and as what it is cited, and how many plans cite it. Documents are told apart by
-- number, else by title without the years in brackets behind it.
with citations as (
    select
        *,
        coalesce(
            document_number,
            regexp_replace(title_folded_zh, '[((][0-9].*[))]$', '')
        ) as document_key
    from {{ ref('fct_citation') }}
),

documents as (
    select
        document_key,
        count(distinct plan_key) as plan_count
    from citations
    group by document_key
)

select
    citations.plan_key,
    citations.document_key,
    any_value(citations.title_zh order by citations.char_start) as title_zh,
    any_value(citations.document_number order by citations.char_start) as document_number,
    max(citations.year) as year,
    if(bool_or(citations.role = 'basis'), 'basis', 'mention') as role,
    count(*)::integer as citations,
    any_value(documents.plan_count)::integer as plan_count
from citations
inner join documents on citations.document_key = documents.document_key
where citations.document_key is not null
group by citations.plan_key, citations.document_key
