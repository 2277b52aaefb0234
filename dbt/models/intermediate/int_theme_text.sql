{#- Chinese puts the noun last: what stands before the last 的 only describes it. What a condition asks for says less
    than the award that it opens. -#}
{%- set measure_texts = [
    ('head noun', "regexp_extract(measures.indicator_text_zh, '的([^的]*)$', 1)"),
    ('indicator', 'measures.indicator_text_zh'),
    ('clause', 'measures.clause_folded_zh'),
    ('award', "awards.indicator_text_zh || ' ' || awards.clause_folded_zh"),
    ('heading', 'provisions.heading_folded_zh'),
    ('sentence', 'measures.sentence_folded_zh'),
    ('heading path', 'measures.heading_path_folded_zh'),
    ('title', 'measures.title_zh'),
] -%}
{#- A heading that is a list of goals is about its first. -#}
{%- set provision_texts = [
    ('heading', "regexp_extract(heading_folded_zh, '^[^;;]*')"),
    ('text', 'substance_zh'),
    ('heading path', 'heading_path_folded_zh'),
    ('title', 'title_zh'),
] -%}
-- Every text that decides the theme of a measure or a provision, the most telling first (text_rank). Texts that do
-- not speak of intellectual property at all are left out, so that their subject gets the theme `other`.
with provisions_on_ip as (
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
        or coalesce(avg(case when provisions_on_ip.is_on_ip then 1 else 0 end), 0) > 0.5 as is_on_ip
    from {{ ref('stg_documents') }} as documents
    left join provisions_on_ip on documents.plan_key = provisions_on_ip.plan_key
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
    {% for found_in, text in measure_texts %}
        select
            'measure' as subject,
            measures.measure_key as subject_key,
            {{ loop.index }} as text_rank,
            '{{ found_in }}' as found_in,
            true as is_name,
            measures.title_zh,
            {{ text }} as text_zh
        from measures
        left join {{ ref('stg_measures') }} as awards on measures.governs_measure_key = awards.measure_key
        left join {{ ref('stg_provisions') }} as provisions on measures.provision_key = provisions.provision_key
        union all
    {% endfor %}
    {% for found_in, text in provision_texts %}
        select
            'provision' as subject,
            provision_key as subject_key,
            {{ loop.index }} as text_rank,
            '{{ found_in }}' as found_in,
            {{ found_in != 'text' }} as is_name,
            title_zh,
            {{ text }} as text_zh
        from provisions
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
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
