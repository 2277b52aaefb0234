-- What a measure is compared by: its role, its basis and those of its facets that tell an axis apart. Null keys: a core
-- facet was not found, and so the measure has no axis.
with measures as (
    select
        measures.measure_key,
        measures.kind,
        measures.form,
        measures.per,
        measures.unit,
        {{ printed_counter('measures.value_text') }} as counter_zh,
        -- What `other` counts: a transfer in 次 is one deal, and 30个 of organisations are 30 of them; but an area or a
        -- number of days that stands by deals counts none.
        case
            when units.family != 'other' or facets.quantity_key != 'count' then units.family
            when
                {{ is_deal_counter('counter_zh') }}
                and facets.event_key in (
                    'transferred', 'licensed', 'licensed_in', 'transferred_or_licensed', 'openly_licensed', 'concluded'
                )
                then 'thing'
            when {{ is_open_counter('counter_zh') }} and objects.family in ('organisation', 'thing') then objects.family
            else units.family
        end as family,
        facets.object_key,
        facets.event_key,
        facets.quantity_key,
        facets.grade_key,
        -- What a city, a county or a zone sets aside of its own budget is found together, and not compared.
        coalesce(grades.axis_key, facets.grade_key) as axis_grade_key,
        -- What a part of the place is to do is no other thing; its verdict says that it is a part.
        nullif(facets.locus_key, 'part_of_place') as locus_key,
        facets.locus_key = 'part_of_place' as is_of_part,
        facets.party_key,
        facets.is_general_party,
        words.words_zh,
        objects.only_event,
        objects.anyone_may_hold,
        objects.rights,
        objects.on_parent_axis,
        -- What is paid for a management system is paid to who is certified for it.
        coalesce(
            case when measures.kind = 'incentive' then objects.paid_as_key end, objects.axis_key, facets.object_key
        ) as axis_object_key,
        objects.family as counted_as,
        case
            when measures.kind in ('target', 'baseline') and facets.quantity_key = 'fund_size' then 'fund'
            -- Part of a loss that somebody bears, whatever the words are.
            when facets.object_key = 'loan_loss' and facets.quantity_key = 'share' then 'share'
            when measures.kind in ('target', 'baseline') then 'target'
            when
                measures.kind = 'incentive'
                and (measures.comparator in ('le', 'lt') or measures.governs_measure_key is not null)
                then 'cap'
            when measures.kind = 'incentive' then 'award'
            when measures.kind = 'funding' then 'fund'
            when measures.kind = 'allocation' then 'share'
            when measures.kind = 'sanction' then 'fine'
            else measures.kind
        end as role
    from {{ ref('stg_measures') }} as measures
    inner join {{ ref('int_measure_facet') }} as facets on measures.measure_key = facets.measure_key
    left join {{ ref('int_measure_words') }} as words on measures.measure_key = words.measure_key
    -- A unit that the seed lacks must reach the test of keys on fct_measure, not be lost here.
    left join {{ ref('units') }} as units on measures.unit = units.unit_key
    left join {{ ref('int_facet') }} as objects
        on
            facets.object_key = objects.facet_key
            and objects.facet = 'object'
    left join {{ ref('int_facet') }} as grades
        on
            facets.grade_key = grades.facet_key
            and grades.facet = 'grade'
),

based as (
    select
        * exclude (event_key),
        case when not is_general_party then party_key end as axis_party_key,
        case
            when form in ('growth_annual', 'growth_total') then 'growth_per_year'
            when form = 'multiple' then 'multiple'
            when form = 'share' or quantity_key in ('cost_share', 'prime_rate_share', 'matching', 'points') then 'share'
            when role in ('award', 'cap', 'fine') and per is null then 'one_sum'
            when per is not null then 'per_' || replace(replace(per, '-', '_'), ' ', '_')
            when form = 'level' then 'level_at_date'
            else 'per_year'
        end as basis,
        -- Of what is there and what is added the basis tells: a stock and a flow of one thing are seen together.
        case
            when role != 'target' or event_key not in ('existing', 'added') then event_key
            when basis in ('level_at_date', 'growth_per_year', 'multiple', 'share') then 'existing'
            else 'added'
        end as event_key,
        case
            when quantity_key in ('award', 'amount', 'fund_size', 'fine') then 'money'
            when quantity_key = 'density' then 'density'
            when quantity_key = 'duration' then 'duration'
            when quantity_key = 'score' then 'other'
            when form = 'multiple' or quantity_key = 'matching' then 'ratio'
            when quantity_key = 'count' then counted_as
            else 'share'
        end as expected_family,
        object_key is not null
        and role != 'condition'
        and family is not null
        -- Shares of money that is divided are compared by what they are for.
        and not (role = 'share' and object_key = 'public_money' and party_key is null)
        -- An organisation or a person is no sum of money: which of theirs is meant must be said (产值, 融资).
        and not (
            quantity_key in ('amount', 'growth_of_amount')
            and counted_as in ('organisation', 'person')
            and event_key in (
                'recognised', 'certified', 'cultivated', 'set_up', 'filed', 'attracted', 'existing', 'added'
            )
        )
        -- Which of its events is meant decides, but for what is paid to an organisation or a person as such.
        and (event_key is not null or (role in ('award', 'cap') and counted_as in ('organisation', 'person')))
            as has_core_facets
    from measures
),

keyed as (
    select
        *,
        case
            when has_core_facets
                then concat_ws(
                        '.',
                        axis_object_key,
                        case
                            when
                                coalesce(event_key != only_event, true)
                                and not (role = 'target' and event_key in ('existing', 'added'))
                                then event_key
                        end,
                        quantity_key,
                        axis_grade_key,
                        locus_key,
                        axis_party_key,
                        case role when 'cap' then 'cap' when 'share' then 'division' end,
                        case when family != expected_family then 'by_' || family end,
                        -- Days and square metres have no common scale.
                        case
                            when family = 'other' and family != expected_family and counter_zh != ''
                                then 'in_' || left(md5(counter_zh), 6)
                        end
                    )
        end as bare_combination_key
    from based
)

select
    measure_key,
    role,
    basis,
    family,
    counter_zh,
    has_core_facets,
    only_event,
    object_key,
    axis_object_key,
    event_key,
    quantity_key,
    grade_key,
    axis_grade_key,
    locus_key,
    axis_party_key,
    rights,
    words_zh,
    on_parent_axis and has_core_facets as is_part_of_axis,
    -- What anyone may hold or win is paid for to enterprises only.
    role in ('award', 'cap') and party_key = 'enterprise' and coalesce(anyone_may_hold, false) as is_for_enterprises,
    coalesce(is_of_part, false) as is_of_part,
    bare_combination_key,
    -- What is called by words that no term knows is the same only as what is called by the same ones.
    -- A key is ASCII, so the words stand in the name and their digest here.
    case
        when grade_key = axis_grade_key or grade_key is null then bare_combination_key
        else replace(bare_combination_key, '.' || axis_grade_key, '.' || grade_key)
    end
    || coalesce('.called_' || left(md5(words_zh), 6), '') as combination_key
from keyed
