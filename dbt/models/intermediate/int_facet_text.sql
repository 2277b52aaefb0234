-- Every text in which facets are searched: the words of a measure, the most telling first (text_rank), and the examples
-- of the terms themselves, which a test holds against what they are examples of.
with rights as (
    select string_agg(term_zh, '|' order by term_zh asc) filter (where speaks_of_ip) as any_right
    from {{ ref('right_terms') }}
),

told as (
    select
        *,
        -- 其中通过国家认定的80件, 示范企业8家 say the rest by what stands before them.
        case
            when kind in ('target', 'baseline', 'funding') or (kind = 'incentive' and contains(indicator_text_zh, '分别'))
                then lag(indicator_text_zh) over (
                        partition by plan_key, sentence_folded_zh order by char_start asc, measure_key asc
                    )
        end as before_zh
    from {{ ref('stg_measures') }}
),

measures as (
    select
        measures.measure_key,
        texts.text_rank,
        texts.found_in,
        texts.text_zh,
        plans.is_on_ip
        or regexp_matches(
            concat(measures.indicator_text_zh, measures.clause_folded_zh, measures.heading_path_folded_zh),
            rights.any_right
        ) as speaks_of_ip,
        plans.place_zh
    from told as measures
    cross join rights
    inner join {{ ref('int_plan_subject') }} as plans on measures.plan_key = plans.plan_key
    left join {{ ref('stg_measures') }} as awards on measures.governs_measure_key = awards.measure_key
    left join {{ ref('stg_provisions') }} as provisions on measures.provision_key = provisions.provision_key
    cross join (
        values
        (1, 'indicator', measures.indicator_text_zh),
        (2, 'recipient', measures.recipient_zh),
        -- A cap is on what its award is for.
        (3, 'award', case when measures.kind = 'incentive' then awards.indicator_text_zh end),
        (4, 'clause', measures.clause_folded_zh),
        (5, 'before', measures.before_zh),
        -- What the sentence said before, down to its clause: 推进知识产权证券化,五年发行产品20单.
        (
            6,
            'sentence',
            left(
                measures.sentence_folded_zh,
                strpos(measures.sentence_folded_zh, measures.clause_folded_zh) + length(measures.clause_folded_zh) - 1
            )
        ),
        (7, 'heading', provisions.heading_folded_zh)
    ) as texts (text_rank, found_in, text_zh)
)

select
    'measure' as subject,
    measure_key as subject_key,
    text_rank,
    found_in,
    text_zh,
    speaks_of_ip,
    place_zh
from measures
where coalesce(text_zh, '') != ''
union all
select
    'term' as subject,
    concat_ws(' ', facet, facet_key, term_zh, with_zh) as subject_key,
    1 as text_rank,
    'indicator' as found_in,
    example_zh as text_zh,
    true as speaks_of_ip,
    null as place_zh
from {{ ref('facet_terms') }}
