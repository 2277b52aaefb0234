with remits as (
    select
        remits.plan_key,
        case
            when bool_and(remits.is_in_remit) then 'all'
            else string_agg(remits.theme_key, '|' order by themes.theme_order asc) filter (where remits.is_in_remit)
        end as remit
    from {{ ref('int_plan_remit') }} as remits
    inner join {{ ref('dim_theme') }} as themes on remits.theme_key = themes.theme_key
    group by remits.plan_key
)

select
    documents.plan_key,
    documents.jurisdiction_key,
    plans.plan_order,
    documents.title_zh,
    documents.title_folded_zh,
    documents.document_number,
    documents.issuer_zh,
    documents.issuer_folded_zh,
    documents.issued_on,
    documents.period_text as period,
    documents.period_start_year,
    documents.period_end_year,
    documents.validity_text as validity,
    jurisdictions.level,
    documents.script,
    documents.encoding,
    documents.char_count,
    -- Plans without a number of their own are cited by issuer and date, plans without title by their id.
    concat_ws(
        ',',
        case when documents.title_zh is null then documents.plan_key || ',未载明标题' end,
        coalesce(
            documents.document_number,
            nullif(concat_ws(',', documents.issuer_zh, strftime(documents.issued_on, '%Y-%m-%d')), ''),
            '未注明文号和日期'
        )
    ) as citation_zh,
    documents.source_name,
    documents.source_url,
    documents.source_retrieved_on,
    documents.source_sha256 as sha256,
    documents.extractor_version,
    kinds.document_type,
    kinds.document_type_words_zh,
    remits.remit
from {{ ref('stg_documents') }} as documents
inner join {{ ref('dim_jurisdiction') }} as jurisdictions on documents.jurisdiction_key = jurisdictions.jurisdiction_key
left join {{ ref('plan_order') }} as plans on documents.plan_key = plans.plan_key
left join {{ ref('int_plan_kind') }} as kinds on documents.plan_key = kinds.plan_key
inner join remits on documents.plan_key = remits.plan_key
