-- Where the terms of each facet stand in each text: of two of which one holds the other, the longer; of two on one
-- place, the one that asks for more. A term names nothing where a longer word or its neighbours say otherwise.
with texts as (
    select
        text_zh,
        coalesce(bool_or(found_in = 'indicator'), false) as is_name
    from {{ ref('int_facet_text') }}
    group by text_zh
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
        case when is_pattern then {{ longest_word('term_zh') }} else term_zh end as core_zh
    from {{ ref('facet_terms') }}
),

-- Only terms that begin with two characters that a text has are searched in it.
pairs as (
    select distinct
        text_zh,
        is_name,
        unnest(list_transform(range(1, length(text_zh) + 1), lambda place: substr(text_zh, place, 2))) as start_zh
    from texts
    union
    select distinct
        text_zh,
        is_name,
        unnest(list_append(string_split(text_zh, ''), '')) as start_zh
    from texts
),

candidates as (
    select
        pairs.text_zh,
        terms.*
    from pairs
    inner join terms on pairs.start_zh = left(terms.core_zh, 2)
    -- Plain words, places and ranks are looked for in names only: those are what is asked for them (an award's and the
    -- measure's before are names, too).
    where contains(pairs.text_zh, terms.core_zh) and (pairs.is_name or terms.facet not in ('plain', 'locus', 'grade'))
),

found as (
    select
        text_zh,
        facet,
        facet_key,
        unless_before,
        unless_after,
        needs_ip,
        case
            when is_pattern then regexp_extract_all(text_zh, term_zh)
            else list_transform(string_split(text_zh, term_zh)[2:], lambda rest: term_zh)
        end as words,
        case
            when is_pattern then string_split_regex(text_zh, term_zh)
            else string_split(text_zh, term_zh)
        end as parts,
        coalesce(length(regexp_extract(text_zh, with_zh)), 0) as with_length
    from candidates
    where
        (not is_pattern or regexp_matches(text_zh, term_zh))
        and coalesce(regexp_matches(text_zh, with_zh), true)
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
