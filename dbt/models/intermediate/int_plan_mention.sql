-- Words of each theme that occur anywhere in what a plan says: its provisions, its headings and the clauses of its
-- measures. A theme that is not here was searched and not found.
select
    subject_key as plan_key,
    code as theme_key,
    string_agg(words_zh, '、' order by weight desc, words_zh asc) as matched_terms_zh
from {{ ref('int_scored_term') }}
where subject = 'plan'
group by subject_key, code
