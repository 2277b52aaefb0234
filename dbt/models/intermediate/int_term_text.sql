-- Every text in which terms are searched, and for what: the texts that decide on the themes of a measure or provision,
-- the most telling first (text_rank); those that tell of a provision's instruments; and each plan as a whole, for what
-- it mentions.
with provisions as (
    select
        *,
        -- Names of the offices in charge are no policy.
        regexp_replace(
            text_folded_zh, '(?s)[((]?(责任单位|牵头单位|配合单位|主办单位|协办单位)[::].*$', ''
        ) as policy_zh,
        {{ speaks_of_ip('text_folded_zh') }} as is_on_ip
    from {{ ref('stg_provisions') }}
),

-- A plan on intellectual property says so in its title (which may be missing) or in most of its provisions.
plans as (
    select
        documents.plan_key,
        coalesce(documents.title_folded_zh, '') as title_zh,
        {{ speaks_of_ip("coalesce(documents.title_folded_zh, '')") }}
        or coalesce(avg(case when provisions.is_on_ip then 1 else 0 end), 0) > 0.5 as is_on_ip
    from {{ ref('stg_documents') }} as documents
    left join provisions on documents.plan_key = provisions.plan_key
    group by documents.plan_key, documents.title_folded_zh
),

-- A measure or a provision that does not speak of intellectual property at all has the theme `other`.
measure_texts as (
    select
        measures.measure_key,
        texts.*
    from {{ ref('stg_measures') }} as measures
    inner join plans on measures.plan_key = plans.plan_key
    left join {{ ref('stg_measures') }} as awards on measures.governs_measure_key = awards.measure_key
    left join provisions on measures.provision_key = provisions.provision_key
    cross join (
        values
        -- Chinese puts the noun last: what stands before the last 的 only describes it.
        (1, 'head noun', regexp_extract(measures.indicator_text_zh, '的([^的]*)$', 1)),
        (2, 'indicator', measures.indicator_text_zh),
        (3, 'clause', measures.clause_folded_zh),
        -- What a condition asks for says less than the award that it opens.
        (4, 'award', awards.indicator_text_zh || ' ' || awards.clause_folded_zh),
        (5, 'heading', provisions.heading_folded_zh),
        (6, 'sentence', measures.sentence_folded_zh),
        (7, 'heading path', measures.heading_path_folded_zh),
        (8, 'title', plans.title_zh)
    ) as texts (text_rank, found_in, text_zh)
    where
        plans.is_on_ip
        or {{ speaks_of_ip(
            "concat(measures.indicator_text_zh, measures.clause_folded_zh, measures.heading_path_folded_zh)"
        ) }}
),

provision_texts as (
    select
        provisions.provision_key,
        texts.*
    from provisions
    inner join plans on provisions.plan_key = plans.plan_key
    cross join (
        values
        -- A heading that is a list of goals is about its first.
        ('theme', 1, 'heading', regexp_extract(provisions.heading_folded_zh, '^[^;;]*')),
        ('theme', 2, 'text', provisions.policy_zh),
        ('theme', 3, 'heading path', provisions.heading_path_folded_zh),
        ('theme', 4, 'title', plans.title_zh),
        ('instrument', 1, 'heading', provisions.heading_folded_zh),
        ('instrument', 2, 'text', provisions.policy_zh),
        ('instrument', 3, 'title', plans.title_zh),
        ('instrument', 4, 'section', provisions.section)
    ) as texts (vocabulary, text_rank, found_in, text_zh)
    where
        texts.vocabulary = 'instrument'
        or plans.is_on_ip
        or {{ speaks_of_ip("concat(provisions.heading_path_folded_zh, provisions.text_folded_zh)") }}
),

said as (
    select
        plan_key,
        char_start,
        heading_path_folded_zh || ' ' || policy_zh as text_zh
    from provisions
    union all
    select
        plan_key,
        char_start,
        clause_folded_zh as text_zh
    from {{ ref('stg_measures') }}
),

plan_texts as (
    select
        plan_key,
        -- In the order of the text: the words of a pattern are those of its first match.
        string_agg(text_zh, chr(10) order by char_start asc, text_zh asc) as text_zh
    from said
    group by plan_key
)

select
    'theme' as vocabulary,
    'measure' as subject,
    measure_key as subject_key,
    text_rank,
    found_in,
    {{ without_lists_of_rights('text_zh') }} as text_zh
from measure_texts
where text_zh is not null
union all
select
    vocabulary,
    'provision' as subject,
    provision_key as subject_key,
    text_rank,
    found_in,
    case
        when vocabulary = 'theme' or found_in = 'text' then {{ without_lists_of_rights('text_zh') }} else text_zh
    end as text_zh
from provision_texts
where text_zh is not null
union all
select
    'theme' as vocabulary,
    'plan' as subject,
    plan_key as subject_key,
    1 as text_rank,
    'plan' as found_in,
    text_zh
from plan_texts
where {{ speaks_of_ip('text_zh') }}
