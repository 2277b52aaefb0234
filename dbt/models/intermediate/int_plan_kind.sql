-- What kind of document a plan is, by its title, else by the numbering of its provisions (第一条); null where neither
-- tells.
with terms as (
    select *
    from {{ ref('attribute_terms') }}
    where attribute = 'document_type'
),

texts as (
    select
        plan_key,
        'title' as searched_in,
        title_folded_zh as text_zh
    from {{ ref('stg_documents') }}
    where title_folded_zh is not null
    union all
    -- The number that stands for most of them.
    select
        plan_key,
        'numbering' as searched_in,
        max(number) as text_zh
    from {{ ref('stg_provisions') }}
    group by plan_key
    having avg(case when regexp_matches(number, '第[一二三四五六七八九十百零]+条') then 1 else 0 end) > 0.5
)

select
    texts.plan_key,
    terms.code as document_type,
    regexp_extract(texts.text_zh, terms.term_zh) as document_type_words_zh
from texts
inner join terms
    on
        texts.searched_in = terms.searched_in
        and regexp_matches(texts.text_zh, terms.term_zh)
where coalesce(terms.unless_zh, '') = '' or not regexp_matches(texts.text_zh, terms.unless_zh)
qualify row_number() over (partition by texts.plan_key order by terms.term_rank asc, terms.term_zh asc) = 1
