-- Instruments of each provision: points of the terms in its text and of its section; the strongest few that reach the
-- threshold, ranked.
with scored as (
    select
        terms.subject_key as provision_key,
        terms.code as instrument_key,
        instruments.instrument_order,
        sum(terms.points) as points,
        string_agg(terms.words_zh, '、' order by terms.weight desc, terms.words_zh asc) as matched_terms_zh
    from {{ ref('int_scored_term') }} as terms
    inner join {{ ref('instruments') }} as instruments on terms.code = instruments.instrument_key
    where terms.vocabulary = 'instrument'
    group by terms.subject_key, terms.code, instruments.instrument_order
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
