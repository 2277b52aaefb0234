-- Instruments of each provision: points of the terms in its text (once more where the heading has them) and of its
-- section; the strongest few that reach the threshold, ranked. Words of the plan's own title
-- tell nothing in running text, see themes.
with provisions as (
    select
        provisions.provision_key,
        provisions.section,
        provisions.heading_folded_zh,
        provisions.substance_zh,
        coalesce(documents.title_folded_zh, '') as title_zh
    from {{ ref('stg_provisions') }} as provisions
    inner join {{ ref('stg_documents') }} as documents on provisions.plan_key = documents.plan_key
),

terms as (
    select
        *,
        {{ is_pattern('term_zh') }} as is_pattern
    from {{ ref('instrument_terms') }}
),

hits as (
    select
        provisions.provision_key,
        terms.instrument_key,
        {{ words_of_term('provisions.substance_zh', 'terms') }} as words_zh,
        terms.weight * case when {{ has_term('provisions.heading_folded_zh', 'terms') }} then 2 else 1 end as weight
    from provisions
    inner join terms
        on
            terms.searched_in = 'text'
            and {{ has_term('provisions.substance_zh', 'terms') }}
            and (
                {{ has_term('provisions.heading_folded_zh', 'terms') }}
                or not {{ has_term('provisions.title_zh', 'terms') }}
            )
    union all
    select
        provisions.provision_key,
        terms.instrument_key,
        terms.term_zh as words_zh,
        terms.weight
    from provisions
    inner join terms
        on
            terms.searched_in = 'section'
            and provisions.section = terms.term_zh
),

-- Two terms may be found in the same words.
told as (
    select
        *,
        row_number() over (
            partition by provision_key, instrument_key, words_zh
            order by weight desc
        ) = 1 as is_first
    from hits
),

scored as (
    select
        told.provision_key,
        told.instrument_key,
        instruments.instrument_order,
        sum(told.weight) as points,
        string_agg(told.words_zh, '、' order by told.weight desc, told.words_zh asc)
        filter (where told.is_first) as matched_terms_zh
    from told
    inner join {{ ref('instruments') }} as instruments on told.instrument_key = instruments.instrument_key
    group by told.provision_key, told.instrument_key, instruments.instrument_order
),

ranked as (
    select
        *,
        row_number() over (partition by provision_key order by points desc, instrument_order asc) as instrument_rank
    from scored
)

select
    provision_key,
    instrument_key,
    instrument_rank,
    points,
    matched_terms_zh
from ranked
where
    instrument_rank = 1
    or (points >= {{ var('instrument_points') }} and instrument_rank <= {{ var('max_instruments') }})
