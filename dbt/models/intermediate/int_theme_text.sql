-- Every text that decides the theme of a measure or a provision, the most telling first (text_rank). Texts that do
-- not speak of intellectual property at all are left out, so that their subject gets the theme `other`.
with provision_texts as (
    select
        plan_key,
        {{ speaks_of_ip('text_folded_zh') }} as is_on_ip
    from {{ ref('stg_provisions') }}
),

-- A plan on intellectual property says so in its title (which may be missing) or in most of its provisions.
plans as (
    select
        documents.plan_key,
        coalesce(documents.title_folded_zh, '') as title_zh,
        {{ speaks_of_ip("coalesce(documents.title_folded_zh, '')") }}
        or coalesce(avg(case when provision_texts.is_on_ip then 1 else 0 end), 0) > 0.5 as is_on_ip
    from {{ ref('stg_documents') }} as documents
    left join provision_texts on documents.plan_key = provision_texts.plan_key
    group by documents.plan_key, documents.title_folded_zh
),

measures as (
    select
        measures.*,
        plans.title_zh
    from {{ ref('stg_measures') }} as measures
    inner join plans on measures.plan_key = plans.plan_key
    where
        plans.is_on_ip
        or {{ speaks_of_ip("concat(indicator_text_zh, clause_folded_zh, heading_path_folded_zh)") }}
),

provisions as (
    select
        provisions.*,
        plans.title_zh
    from {{ ref('stg_provisions') }} as provisions
    inner join plans on provisions.plan_key = plans.plan_key
    where
        plans.is_on_ip
        or {{ speaks_of_ip("concat(heading_path_folded_zh, text_folded_zh)") }}
),

texts as (
    select
        'measure' as subject,
        measure_key as subject_key,
        1 as text_rank,
        'head noun' as found_in,
        true as is_name,
        title_zh,
        -- Chinese puts the noun last: what stands before the last 的 only describes it.
        {{ first_match('indicator_text_zh', "'的([^的]*)$'", 1) }} as text_zh
    from measures
    union all
    select
        'measure' as subject,
        measure_key as subject_key,
        2 as text_rank,
        'indicator' as found_in,
        true as is_name,
        title_zh,
        indicator_text_zh as text_zh
    from measures
    union all
    select
        'measure' as subject,
        measure_key as subject_key,
        3 as text_rank,
        'clause' as found_in,
        true as is_name,
        title_zh,
        clause_folded_zh as text_zh
    from measures
    union all
    select
        'measure' as subject,
        measure_key as subject_key,
        4 as text_rank,
        'heading path' as found_in,
        true as is_name,
        title_zh,
        heading_path_folded_zh as text_zh
    from measures
    union all
    select
        'provision' as subject,
        provision_key as subject_key,
        1 as text_rank,
        'heading' as found_in,
        true as is_name,
        title_zh,
        -- A heading that is a list of goals is about its first.
        {{ first_match('heading_folded_zh', "'^[^;;]*'") }} as text_zh
    from provisions
    union all
    select
        'provision' as subject,
        provision_key as subject_key,
        2 as text_rank,
        'text' as found_in,
        false as is_name,
        title_zh,
        substance_zh as text_zh
    from provisions
    union all
    select
        'provision' as subject,
        provision_key as subject_key,
        3 as text_rank,
        'heading path' as found_in,
        true as is_name,
        title_zh,
        heading_path_folded_zh as text_zh
    from provisions
    union all
    select
        'provision' as subject,
        provision_key as subject_key,
        4 as text_rank,
        'title' as found_in,
        true as is_name,
        title_zh,
        title_zh as text_zh
    from provisions
)

select
    subject,
    subject_key,
    text_rank,
    found_in,
    is_name,
    title_zh,
    {{ without_lists_of_rights('text_zh') }} as text_zh
from texts
where text_zh is not null
