-- What the terms of the seeds tell in each text: one row for the words found and the theme or instrument that they tell
-- of, with the weight of the strongest term that finds them and the points of all. In a name (an indicator, a heading)
-- terms have another weight than in a provision's text, where words of the plan's own title (促进专利转化 …) recur
-- everywhere and tell nothing; for an instrument, words that the heading has too count twice.
with terms as (
    select
        'theme' as vocabulary,
        theme_key as code,
        term_zh,
        'text' as searched_in,
        weight_in_name,
        weight_in_text,
        -- Words that name the theme; weak ones, such as 金融 or 交易, are no mention of it.
        weight_in_name >= {{ var('mention_points') }}
        or weight_in_text >= {{ var('secondary_theme_points') }} as is_mention
    from {{ ref('theme_terms') }}
    union all
    select
        'instrument' as vocabulary,
        instrument_key as code,
        term_zh,
        searched_in,
        case searched_in when 'section' then weight else 0 end as weight_in_name,
        weight as weight_in_text,
        false as is_mention
    from {{ ref('instrument_terms') }}
),

-- A plain word is searched as it is, which is much faster than a regular expression; of a pattern first the longest
-- word that it cannot do without.
searched as (
    select
        *,
        regexp_matches(term_zh, '[.|()\[\]?*+{}^$\\]') as is_pattern,
        {{ longest_word('term_zh') }} as core_zh
    from terms
),

-- Titles, headings and sentences stand above or around many measures: each text is searched once.
texts as (
    select distinct
        vocabulary,
        found_in = 'section' as is_section,
        found_in = 'plan' as is_plan,
        text_zh
    from {{ ref('int_term_text') }}
),

hits as (
    select
        texts.*,
        terms.code,
        terms.term_zh,
        terms.weight_in_name,
        terms.weight_in_text,
        -- What an analyst reads in place of a regular expression.
        case when terms.is_pattern then regexp_extract(texts.text_zh, terms.term_zh) else terms.term_zh end as words_zh
    from texts
    inner join searched as terms
        on
            texts.vocabulary = terms.vocabulary
            and texts.is_section = (terms.searched_in = 'section')
            and (not texts.is_plan or terms.is_mention)
            and case
                when not terms.is_pattern then contains(texts.text_zh, terms.term_zh)
                when contains(texts.text_zh, terms.core_zh) then regexp_matches(texts.text_zh, terms.term_zh)
                else false
            end
),

found as (
    select
        texts.*,
        hits.code,
        hits.weight_in_name,
        hits.weight_in_text,
        hits.words_zh,
        bool_or(texts.found_in = 'title') over term_of_subject as is_in_title,
        bool_or(texts.found_in = 'heading' and texts.vocabulary = 'instrument') over term_of_subject as is_in_heading
    from {{ ref('int_term_text') }} as texts
    inner join hits
        on
            texts.vocabulary = hits.vocabulary
            and (texts.found_in = 'section') = hits.is_section
            and (texts.found_in = 'plan') = hits.is_plan
            and texts.text_zh = hits.text_zh
    window term_of_subject as (
        partition by texts.vocabulary, texts.subject, texts.subject_key, hits.code, hits.term_zh
    )
),

weighed as (
    select
        *,
        case
            when found_in != 'text' then weight_in_name
            when is_in_heading then 2 * weight_in_text
            when is_in_title then 0
            else weight_in_text
        end as weight
    from found
)

select
    vocabulary,
    subject,
    subject_key,
    text_rank,
    found_in,
    code,
    words_zh,
    max(weight) as weight,
    sum(weight) as points
from weighed
where weight > 0 or found_in = 'plan'
group by vocabulary, subject, subject_key, text_rank, found_in, code, words_zh
