-- Where the terms of each facet stand in each text: of two of which one holds the other, the longer; of two on one
-- place, the one that asks for more. A term names nothing where a longer word or its neighbours say otherwise.
with texts as (
    select distinct text_zh
    from {{ ref('int_facet_text') }}
),

-- A plain word is searched as it is, which is much faster than a regular expression; of a pattern first the longest
-- word that it cannot do without.
terms as (
    select
        facet,
        facet_key,
        term_zh,
        with_zh,
        unless_before,
        unless_after,
        coalesce(needs_ip, false) as needs_ip,
        regexp_matches(term_zh, '[.|()\[\]?*+{}^$\\]') as is_pattern,
        {{ longest_word('term_zh') }} as core_zh
    from {{ ref('facet_terms') }}
),

found as (
    select
        texts.text_zh,
        terms.facet,
        terms.facet_key,
        terms.unless_before,
        terms.unless_after,
        terms.needs_ip,
        case
            when terms.is_pattern then regexp_extract_all(texts.text_zh, terms.term_zh)
            else list_transform(string_split(texts.text_zh, terms.term_zh)[2:], lambda rest: terms.term_zh)
        end as words,
        case
            when terms.is_pattern then string_split_regex(texts.text_zh, terms.term_zh)
            else string_split(texts.text_zh, terms.term_zh)
        end as parts,
        coalesce(length(regexp_extract(texts.text_zh, terms.with_zh)), 0) as with_length
    from texts
    inner join terms
        on
            case
                when not terms.is_pattern then contains(texts.text_zh, terms.term_zh)
                when contains(texts.text_zh, terms.core_zh) then regexp_matches(texts.text_zh, terms.term_zh)
                else false
            end
            and coalesce(regexp_matches(texts.text_zh, terms.with_zh), true)
),

numbered as (
    select
        *,
        unnest(range(1, len(words) + 1)) as nth
    from found
),

placed as (
    select
        text_zh,
        facet,
        facet_key,
        unless_before,
        unless_after,
        needs_ip,
        with_length,
        words[nth] as words_zh,
        length(array_to_string(parts[:nth], '')) + length(array_to_string(words[:nth - 1], '')) as char_start
    from numbered
),

-- What stands beside the words decides whether they mean this.
meant as (
    select
        text_zh,
        facet,
        facet_key,
        words_zh,
        char_start,
        char_start + length(words_zh) as char_end,
        max(with_length) as with_length,
        bool_and(needs_ip) as needs_ip
    from placed
    where
        not coalesce(regexp_matches(left(text_zh, char_start), '(' || unless_before || ')$'), false)
        and not coalesce(
            regexp_matches(substr(text_zh, char_start + length(words_zh) + 1), '^(' || unless_after || ')'), false
        )
    group by all
)

select meant.*
from meant
where
    not exists (
        select 1
        from meant as longer
        where
            longer.text_zh = meant.text_zh
            and longer.facet = meant.facet
            and longer.char_start <= meant.char_start
            and longer.char_end >= meant.char_end
            and (
                longer.char_end - longer.char_start > meant.char_end - meant.char_start
                or longer.with_length > meant.with_length
            )
    )
