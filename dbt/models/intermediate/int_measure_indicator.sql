-- The indicator of each measure, or `unmapped`: of the indicators whose theme, unit, kinds and form fit, the one with
-- the term of the lowest priority number that is found in the measure's words. Also whose rights the words mean.
with rights as (
    select
        measures.measure_key,
        case
            when bool_or(terms.rights = 'all_ip') then 'all_ip'
            when count(distinct terms.rights) > 1 then 'several'
            else coalesce(min(terms.rights), 'n/a')
        end as rights
    from {{ ref('stg_measures') }} as measures
    left join {{ ref('right_terms') }} as terms
        on
            terms.rights != ''
            and regexp_matches(
                replace(measures.indicator_text_zh, coalesce(terms.except_in_zh, ''), ''), terms.term_zh
            )
    group by measures.measure_key
),

measures as (
    select
        measures.measure_key,
        measures.kind,
        measures.form,
        measures.unit,
        units.family,
        measures.indicator_text_zh,
        measures.clause_folded_zh,
        rights.rights
    from {{ ref('stg_measures') }} as measures
    inner join rights on measures.measure_key = rights.measure_key
    -- A unit that the seed lacks must reach the test of keys on fct_measure, not be lost here.
    left join {{ ref('units') }} as units on measures.unit = units.unit_key
),

indicators as (
    select
        indicators.*,
        units.family
    from {{ ref('indicators') }} as indicators
    inner join {{ ref('units') }} as units on indicators.unit_key = units.unit_key
),

candidates as (
    select
        measures.measure_key,
        indicators.indicator_key,
        regexp_extract(measures.indicator_text_zh, terms.term_zh) as words_zh,
        row_number() over (
            partition by measures.measure_key
            order by
                themes.is_primary desc,
                -- Plans count the same things with several counters (项, 个, 件, 单); the indicator's own comes first.
                measures.unit = indicators.unit_key desc,
                -- A stock is measured by an indicator of stocks, where there is one, and a flow by one of flows.
                (measures.form = 'level') = (indicators.basis = 'level_at_date') desc,
                terms.priority asc,
                indicators.indicator_key asc
        ) as candidate_rank
    from measures
    inner join {{ ref('int_measure_theme') }} as themes on measures.measure_key = themes.measure_key
    inner join indicators
        on
            themes.theme_key = indicators.theme_key
            and measures.family = indicators.family
            -- Rights that exclude each other: a number of trademarks is no number of patents.
            and (
                indicators.scope in ('n/a', 'all_ip')
                or measures.rights in ('n/a', 'all_ip', 'several', indicators.scope)
            )
    inner join {{ ref('indicator_kinds') }} as kinds
        on
            indicators.indicator_key = kinds.indicator_key
            and measures.kind = kinds.kind
    inner join {{ ref('basis_forms') }} as forms
        on
            indicators.basis = forms.basis
            and measures.form = forms.form
    inner join {{ ref('indicator_terms') }} as terms
        on
            indicators.indicator_key = terms.indicator_key
            and regexp_matches(measures.indicator_text_zh, terms.term_zh)
            and not coalesce(regexp_matches(measures.indicator_text_zh, nullif(terms.excluded_zh, '')), false)
            and coalesce(regexp_matches(measures.clause_folded_zh, nullif(terms.clause_zh, '')), true)
)

select
    measures.measure_key,
    coalesce(candidates.indicator_key, 'unmapped') as indicator_key,
    candidates.words_zh as matched_words_zh,
    measures.rights
from measures
left join candidates
    on
        measures.measure_key = candidates.measure_key
        and candidates.candidate_rank = 1
