-- Every text in which terms are searched, and for what: the texts that decide on the themes of a measure or provision,
-- the most telling first (text_rank); those that tell of a provision's instruments; and each plan as a whole, for what
-- it mentions.
with rights as (
    select
        string_agg(term_zh, '|' order by term_zh asc) filter (where speaks_of_ip) as any_right,
        -- A list of three or more kinds of rights (专利、商标、版权等) stands for all of them, not for each.
        '专利(、(' || string_agg(term_zh, '|' order by term_zh asc) filter (where is_listed) || ')){2,}' as list_of_rights
    from {{ ref('right_terms') }}
),

provisions as (
    select
        *,
        -- Names of the offices in charge are no policy.
        regexp_replace(
            text_folded_zh, '(?s)[((]?(责任单位|牵头单位|配合单位|主办单位|协办单位)[::].*$', ''
        ) as policy_zh
    from {{ ref('stg_provisions') }}
),

plans as (
    select *
    from {{ ref('int_plan_subject') }}
),

-- A measure or a provision that does not speak of intellectual property at all has the theme `other`.
measure_texts as (
    select
        measures.measure_key,
        texts.text_rank,
        texts.found_in,
        {{ with_rights_as_one('texts.text_zh', 'rights.list_of_rights') }} as text_zh
    from {{ ref('stg_measures') }} as measures
    inner join plans on measures.plan_key = plans.plan_key
    cross join rights
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
        or regexp_matches(
            concat(measures.indicator_text_zh, measures.clause_folded_zh, measures.heading_path_folded_zh),
            rights.any_right
        )
),

provision_texts as (
    select
        provisions.provision_key,
        texts.vocabulary,
        texts.text_rank,
        texts.found_in,
        case
            when texts.vocabulary = 'theme' or texts.found_in = 'text'
                then {{ with_rights_as_one('texts.text_zh', 'rights.list_of_rights') }}
            else texts.text_zh
        end as text_zh
    from provisions
    inner join plans on provisions.plan_key = plans.plan_key
    cross join rights
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
        or regexp_matches(concat(provisions.heading_path_folded_zh, provisions.text_folded_zh), rights.any_right)
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
    text_zh
from measure_texts
where text_zh is not null
union all
select
    vocabulary,
    'provision' as subject,
    provision_key as subject_key,
    text_rank,
    found_in,
    text_zh
from provision_texts
where text_zh is not null
union all
select
    'theme' as vocabulary,
    'plan' as subject,
    plan_texts.plan_key as subject_key,
    1 as text_rank,
    'plan' as found_in,
    plan_texts.text_zh
from plan_texts
inner join rights on regexp_matches(plan_texts.text_zh, rights.any_right)
