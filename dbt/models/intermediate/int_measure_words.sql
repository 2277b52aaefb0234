-- The words in the name of each measure that no term knows, that its object does not have in its own name, definition
-- or terms, and that are not plain (奖励, 三年, 全市). As long as nobody has said what they mean, what is called so is not
-- known to be the same as what is called without them. No row for a name without such words.
with names as (
    select
        facets.measure_key,
        facets.object_key,
        -- What brackets leave out, add or explain is no name: (关联交易除外), (以下简称示范企业); but (引领类) is a kind.
        regexp_extract(
            measures.indicator_text_zh, '[(（][^()（）]*(除外|以外|含|包括|简称|下同|详见|例如)[^()（）]*[)）]'
        ) as remark_zh,
        case
            when remark_zh = '' then measures.indicator_text_zh
            else replace(measures.indicator_text_zh, remark_zh, repeat('·', length(remark_zh)))
        end as name_zh,
        plans.place_zh
    from {{ ref('int_measure_facet') }} as facets
    inner join {{ ref('stg_measures') }} as measures on facets.measure_key = measures.measure_key
    inner join {{ ref('int_plan_subject') }} as plans on measures.plan_key = plans.plan_key
    where facets.object_key is not null
),

known as (
    select
        measure_key,
        list(distinct place) as places
    from (
        select
            measure_key,
            unnest(range(char_start, char_end)) as place
        from {{ ref('int_measure_term') }}
        where found_in = 'indicator'
    ) as places
    group by measure_key
),

objects as (
    select
        nodes.facet_key,
        concat_ws(
            ' ',
            any_value(nodes.name_zh),
            any_value(nodes.definition_zh),
            string_agg(terms.term_zh, ' ')
        ) as said_zh
    from {{ ref('int_facet') }} as nodes
    left join {{ ref('facet_terms') }} as terms
        on
            nodes.facet = terms.facet
            and nodes.facet_key = terms.facet_key
    where nodes.facet = 'object'
    group by nodes.facet_key
),

characters as (
    select
        names.measure_key,
        names.name_zh,
        names.place_zh,
        objects.said_zh,
        known.places,
        unnest(range(length(names.name_zh))) as nth
    from names
    left join known on names.measure_key = known.measure_key
    left join objects on names.object_key = objects.facet_key
),

unknown as (
    select
        measure_key,
        place_zh,
        said_zh,
        string_agg(
            case when list_contains(places, nth) then '·' else substr(name_zh, nth + 1, 1) end, '' order by nth
        ) as rest_zh
    from characters
    group by measure_key, place_zh, said_zh
),

-- A character of grammar alone is no word, nor does it belong to the word beside it.
words as (
    select
        measure_key,
        place_zh,
        said_zh,
        unnest(
            list_transform(
                list_filter(
                    -- A standard is known by its number: ISO56005.
                    regexp_extract_all(
                        regexp_replace(rest_zh, '(ISO|GB/T|GB)(/IEC)?', '·', 'g'),
                        '[\p{Han}A-Za-z]{2,}'
                    ),
                    lambda run: not regexp_full_match(run, '{{ grammar() }}+')
                ),
                lambda run: coalesce(
                    nullif(regexp_extract(run, '^{{ grammar_before() }}*(.{2,}?){{ grammar_after() }}*$', 1), ''), run
                )
            )
        ) as word_zh
    from unknown
)

select
    measure_key,
    string_agg(distinct word_zh, '、' order by word_zh) as words_zh
from words
where not contains(coalesce(said_zh, ''), word_zh) and not contains(coalesce(place_zh, ''), word_zh)
group by measure_key
