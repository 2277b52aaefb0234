-- Points of each theme in each text. In a name (an indicator, a heading) the strongest term tells; in running text the
-- weights of all terms found add up, but words of the plan's own title (促进专利转化 …) recur in every provision and tell
-- nothing there. The terms are kept for explanation.
with terms as (
    select
        *,
        {{ is_pattern('term_zh') }} as is_pattern
    from {{ ref('theme_terms') }}
),

hits as (
    select
        texts.subject,
        texts.subject_key,
        texts.text_rank,
        texts.found_in,
        texts.is_name,
        terms.theme_key,
        terms.term_zh,
        if(texts.is_name, terms.weight_in_name, terms.weight_in_text) as weight
    from {{ ref('int_theme_text') }} as texts
    cross join terms
    where
        if(texts.is_name, terms.weight_in_name, terms.weight_in_text) > 0
        and {{ has_term('texts.text_zh', 'terms') }}
        and (texts.is_name or not {{ has_term('texts.title_zh', 'terms') }})
)

select
    subject,
    subject_key,
    text_rank,
    found_in,
    is_name,
    theme_key,
    if(is_name, max(weight), sum(weight)) as points,
    string_agg(term_zh, '、' order by weight desc, term_zh asc) as matched_terms_zh
from hits
group by subject, subject_key, text_rank, found_in, is_name, theme_key
