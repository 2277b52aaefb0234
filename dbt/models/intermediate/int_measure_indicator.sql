-- The indicator of each measure: its combination of facets on its basis, by the name that an analyst gave it where one
-- did; `unmapped` where a core facet is missing. Also whose rights the words mean.
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

curated as (
    select
        indicators.*,
        units.family
    from {{ ref('indicators') }} as indicators
    inner join {{ ref('units') }} as units on indicators.unit_key = units.unit_key
)

select
    combinations.measure_key,
    case
        when combinations.combination_key = combinations.bare_combination_key then curated.indicator_key
    end as curated_key,
    case
        when combinations.combination_key is null then 'unmapped'
        when combinations.basis not in ('growth_per_year', 'share') then combinations.basis
    end as last_part,
    coalesce(curated_key, concat_ws('.', combinations.combination_key, last_part)) as indicator_key,
    curated_key is not null as is_curated,
    combinations.combination_key,
    -- What it would be without the words that no term knows, and of the own budget of any place.
    coalesce(
        curated.indicator_key, concat_ws('.', combinations.bare_combination_key, last_part)
    ) as bare_indicator_key,
    curated.indicator_key is not null as is_bare_curated,
    combinations.bare_combination_key,
    combinations.words_zh,
    combinations.role,
    combinations.basis,
    combinations.family,
    combinations.is_part_of_axis,
    combinations.is_for_enterprises,
    combinations.is_of_part,
    rights.rights
from {{ ref('int_measure_combination') }} as combinations
inner join rights on combinations.measure_key = rights.measure_key
left join curated
    on
        combinations.axis_object_key = curated.object_key
        and combinations.has_core_facets
        and combinations.quantity_key = curated.quantity_key
        and combinations.role = curated.role
        and combinations.basis = curated.basis
        and combinations.family = curated.family
        and {{ same_or_both_null('combinations.event_key', 'curated.event_key') }}
        and {{ same_or_both_null('combinations.axis_grade_key', 'curated.grade_key') }}
        and {{ same_or_both_null('combinations.locus_key', 'curated.locus_key') }}
        and {{ same_or_both_null('combinations.axis_party_key', 'curated.party_key') }}
