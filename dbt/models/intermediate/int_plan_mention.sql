-- Words of each theme that occur anywhere in what a plan says: its provisions, its headings and the quotes of its
-- measures. A theme that is not here was searched and not found.
with texts as (
    select
        plan_key,
        char_start,
        heading_path_folded_zh || ' ' || {{ without_agency_lines('text_folded_zh') }} as text_zh
    from {{ ref('stg_provisions') }}
    union all
    select
        plan_key,
        char_start,
        clause_folded_zh as text_zh
    from {{ ref('stg_measures') }}
),

terms as (
    select
        *,
        {{ is_pattern('term_zh') }} as is_pattern
    from {{ ref('theme_terms') }}
),

plans as (
    select
        plan_key,
        -- In the order of the text: the words of a pattern are those of its first match.
        string_agg(text_zh, chr(10) order by char_start asc, text_zh asc) as text_zh
    from texts
    group by plan_key
),

-- Two terms may be found in the same words.
hits as (
    select
        plans.plan_key,
        terms.theme_key,
        {{ words_of_term('plans.text_zh', 'terms') }} as words_zh,
        max(terms.weight_in_name) as weight
    from plans
    cross join terms
    where
        {{ speaks_of_ip('plans.text_zh') }}
        -- Words that name the theme; weak ones, such as 金融 or 交易, are no mention of it.
        and (
            terms.weight_in_name >= {{ var('mention_points') }}
            or terms.weight_in_text >= {{ var('secondary_theme_points') }}
        )
        and {{ has_term('plans.text_zh', 'terms') }}
    group by plans.plan_key, terms.theme_key, words_zh
)

select
    plan_key,
    theme_key,
    string_agg(words_zh, '、' order by weight desc, words_zh asc) as matched_terms_zh
from hits
group by plan_key, theme_key
