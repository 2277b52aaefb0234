-- What the seeds have no word for: measures without indicator, words in the name of one that no term knows, measures
-- and provisions without theme, offices without a canonical name, with how often their words occur, so that the term to
-- add next is obvious. An analyst adds terms for them, or leaves them.
with unmapped as (
    select *
    from {{ ref('fct_measure') }}
    where indicator_key = 'unmapped'
),

items as (
    select
        plan_key,
        'measure without indicator' as what,
        measure_key as item_key,
        kind,
        theme_key,
        indicator_text_zh as words_zh,
        quote_zh as sentence_zh
    from unmapped
    union all
    select
        plan_key,
        'measure without theme' as what,
        measure_key as item_key,
        kind,
        theme_key,
        indicator_text_zh as words_zh,
        quote_zh as sentence_zh
    from {{ ref('fct_measure') }}
    where theme_key = 'other'
    union all
    -- What keeps a measure off the axis of its bare object.
    select
        measures.plan_key,
        'words without a term' as what,
        measures.measure_key as item_key,
        measures.kind,
        measures.theme_key,
        words.words_zh,
        measures.quote_zh as sentence_zh
    from {{ ref('fct_measure') }} as measures
    inner join {{ ref('int_measure_words') }} as words on measures.measure_key = words.measure_key
    where measures.indicator_key != 'unmapped'
    union all
    select
        plan_key,
        'provision without theme' as what,
        provision_key as item_key,
        section as kind,
        theme_key,
        heading_zh as words_zh,
        text_zh as sentence_zh
    from {{ ref('fct_provision') }}
    where theme_key = 'other'
    union all
    -- One row for an office in a provision, however it is printed there.
    select
        provisions.plan_key,
        'office without canonical name' as what,
        agencies.agency_key || ' @ ' || provisions.provision_key as item_key,
        min(agencies.role) as kind,
        provisions.theme_key,
        string_agg(distinct agencies.printed_name_zh, '、' order by agencies.printed_name_zh) as words_zh,
        provisions.heading_zh as sentence_zh
    from {{ ref('bridge_provision_x_agency') }} as agencies
    inner join {{ ref('fct_provision') }} as provisions on agencies.provision_key = provisions.provision_key
    inner join {{ ref('dim_agency') }} as offices on agencies.agency_key = offices.agency_key
    where not offices.is_known
    group by
        provisions.plan_key,
        agencies.agency_key,
        provisions.provision_key,
        provisions.theme_key,
        provisions.heading_zh
)

select
    items.*,
    cast(count(*) over (partition by items.what, items.words_zh) as integer) as occurrences,
    guesses.guesses_zh,
    reasons.reason_zh,
    reasons.reason_en
from items
left join {{ ref('int_measure_unmapped') }} as reasons
    on
        items.item_key = reasons.measure_key
        and items.what = 'measure without indicator'
left join {{ ref('int_facet_guess') }} as guesses
    on
        items.words_zh = guesses.text_zh
        and items.what = 'measure without indicator'
