-- Points of each theme in each text of a measure or provision: in a name the strongest words tell, in running text all
-- add up. The words found are kept for explanation.
select
    subject,
    subject_key,
    text_rank,
    found_in,
    code as theme_key,
    case when found_in = 'text' then sum(points) else max(weight) end as points,
    string_agg(words_zh, '、' order by weight desc, words_zh asc) as matched_terms_zh
from {{ ref('int_scored_term') }}
where vocabulary = 'theme' and subject in ('measure', 'provision')
group by subject, subject_key, text_rank, found_in, code
