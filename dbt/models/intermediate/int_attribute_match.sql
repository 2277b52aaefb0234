-- What the terms of `attribute_terms` tell of each measure: of whose money it is, how binding, and so on. One row for a
-- measure, attribute and code, with the words that told it, from the text that comes first: its name, its clause, its
-- sentence. In `around`, ◆ stands for the value, so that a term can say on which side of it words stand.
with terms as (
    select
        *,
        nullif(unless_zh, '') as undone_by,
        {{ needed_words('term_zh') }} as needed_zh
    from {{ ref('attribute_terms') }}
),

placed as (
    select
        measures.*,
        measures.kind in ('incentive', 'funding', 'allocation') as is_money,
        provisions.text_folded_zh as provision_zh,
        -- A text that folding has not shortened has the offsets of the file; of another the words as printed are taken.
        case
            when length(provisions.text_folded_zh) = length(provisions.text_zh) then provisions.text_folded_zh
            else provisions.text_zh
        end as placed_zh,
        measures.char_start - provisions.char_start as place
    from {{ ref('stg_measures') }} as measures
    left join {{ ref('stg_provisions') }} as provisions on measures.provision_key = provisions.provision_key
),

measures as (
    select
        *,
        regexp_replace(
            concat(
                substring(placed_zh, greatest(place - 119, 1), least(place, 120)),
                '◆',
                substring(placed_zh, place + length(value_text) + 1, 120)
            ),
            '\s',
            '',
            'g'
        ) as around_zh,
        -- What a clause without a number says of money holds for all sums of its part of the sentence.
        array_to_string(
            list_filter(
                string_split_regex(
                    array_to_string(
                        list_filter(
                            string_split_regex(sentence_folded_zh, '[;；]'),
                            lambda part: contains(part, clause_folded_zh)
                        ),
                        ','
                    ),
                    '[,，]'
                ),
                lambda clause: not regexp_matches(clause, '[0-9]')
            ),
            ','
        ) as shared_zh
    from placed
),

texts as (
    select
        measures.measure_key,
        texts.found_in,
        texts.searched_in,
        texts.text_rank,
        texts.text_zh
    from measures
    cross join (
        values
        ('own', 'words', 1, case when measures.kind = 'allocation' then measures.indicator_text_zh end),
        ('own', 'words', 2, measures.clause_folded_zh),
        ('own', 'words', 3, case when measures.is_money then measures.shared_zh end),
        ('own', 'clause', 1, measures.clause_folded_zh),
        ('own', 'sentence', 1, measures.sentence_folded_zh),
        ('own', 'around_money', 1, case when measures.kind = 'funding' then measures.around_zh end),
        ('own', 'around', 1, measures.around_zh),
        ('provision', 'provision', 4, case when measures.is_money then measures.provision_zh end)
    ) as texts (found_in, searched_in, text_rank, text_zh)
    where texts.text_zh is not null
),

-- Sentences and provisions hold many measures: each text is searched once.
searched as (
    select distinct
        searched_in,
        text_zh
    from texts
),

hits as (
    select
        searched.searched_in,
        searched.text_zh,
        terms.attribute,
        terms.code,
        terms.term_rank,
        regexp_extract(searched.text_zh, terms.term_zh) as words_zh
    from searched
    inner join terms on searched.searched_in = terms.searched_in
    where {{ says('searched.text_zh', 'terms') }}
),

found as (
    select
        texts.measure_key,
        hits.attribute,
        hits.code,
        hits.term_rank,
        texts.found_in,
        texts.text_rank,
        hits.words_zh
    from texts
    inner join hits on texts.searched_in = hits.searched_in and texts.text_zh = hits.text_zh
),

-- A plan may say of all its awards at once whose money they are.
said_of_all as (
    select
        provisions.plan_key,
        terms.attribute,
        terms.code,
        terms.term_rank,
        min(regexp_extract(provisions.text_folded_zh, terms.term_zh)) as words_zh
    from {{ ref('stg_provisions') }} as provisions
    inner join terms on terms.searched_in = 'plan'
    where {{ says('provisions.text_folded_zh', 'terms') }}
    group by provisions.plan_key, terms.attribute, terms.code, terms.term_rank
),

matches as (
    select *
    from found
    union all
    select
        measures.measure_key,
        said_of_all.attribute,
        said_of_all.code,
        said_of_all.term_rank,
        'plan' as found_in,
        5 as text_rank,
        said_of_all.words_zh
    from measures
    inner join said_of_all on measures.plan_key = said_of_all.plan_key
    where measures.kind = 'incentive'
)

select
    measure_key,
    attribute,
    code,
    found_in,
    text_rank,
    min(term_rank) as term_rank,
    min(words_zh) as words_zh
from matches
where words_zh != ''
group by measure_key, attribute, code, found_in, text_rank
qualify
    text_rank = min(text_rank) over (partition by measure_key, attribute)
    and (attribute = 'payer' or min(term_rank) = min(min(term_rank)) over (partition by measure_key, attribute))
