-- Points of each theme in each text. In a name (an indicator, a heading) the strongest term tells; in running text the
-- weights of all terms found add up, but words of the plan's own title (促进专利转化 …) recur in every provision and tell
-- nothing there. The words found are kept for explanation.
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
        {{ words_of_term('texts.text_zh', 'terms') }} as words_zh,
        case when texts.is_name then terms.weight_in_name else terms.weight_in_text end as weight
    from {{ ref('int_theme_text') }} as texts
    cross join terms
    where
        case when texts.is_name then terms.weight_in_name else terms.weight_in_text end > 0
        and {{ has_term('texts.text_zh', 'terms') }}
        and (texts.is_name or not {{ has_term('texts.title_zh', 'terms') }})
),

-- Two terms may be found in the same words.
told as (
    select
        *,
        row_number() over (
            partition by subject, subject_key, text_rank, theme_key, words_zh
            order by weight desc
        ) = 1 as is_first
    from hits
)

select
    subject,
    subject_key,
    text_rank,
    found_in,
    is_name,
    theme_key,
    case when is_name then max(weight) else sum(weight) end as points,
    string_agg(words_zh, '、' order by weight desc, words_zh asc) filter (where is_first) as matched_terms_zh
from told
group by subject, subject_key, text_rank, found_in, is_name, theme_key
