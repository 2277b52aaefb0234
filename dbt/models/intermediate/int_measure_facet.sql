-- What each measure is the number of: its object, event, quantity, grade, locus and party, with the words that told
-- them. A facet of which no words tell is null: nothing is guessed.
with measures as (
    select
        measures.measure_key,
        measures.plan_key,
        measures.sentence_folded_zh,
        measures.char_start,
        measures.kind,
        measures.form,
        measures.value_text,
        measures.indicator_text_zh,
        units.family,
        {{ printed_counter('measures.value_text') }} as counter_zh,
        lag(units.family) over same_sentence as family_before,
        lag(measures.indicator_text_zh) over same_sentence as text_before_zh
    from {{ ref('stg_measures') }} as measures
    -- A unit that the seed lacks must reach the test of keys on fct_measure, not be lost here.
    left join {{ ref('units') }} as units on measures.unit = units.unit_key
    window same_sentence as (
        partition by measures.plan_key, measures.sentence_folded_zh order by measures.char_start, measures.measure_key
    )
),

said as (
    select *
    from {{ ref('int_measure_term') }}
),

chosen_object as (
    select *
    from {{ ref('int_measure_object') }}
),

events as (
    select
        said.*,
        row_number() over (
            partition by said.measure_key
            order by
                said.text_rank asc,
                -- 主导制定标准并发布 is led.
                said.is_distinct and objects.only_event is not null desc,
                -- 新增 says less than what is added.
                said.facet_key in ('added', 'existing') asc,
                -- In a phrase the last verb is the nearest to the noun; in a clause the first governs all.
                case when said.found_in = 'clause' then -said.char_start else said.char_end end desc,
                said.char_end - said.char_start desc,
                said.facet_key asc
        ) as choice
    from said
    left join chosen_object as objects on said.measure_key = objects.measure_key
    where
        said.facet = 'event'
        and (
            said.found_in = 'indicator'
            -- The words of an award tell of a cap that names nothing itself.
            or (said.found_in = 'award' and objects.found_in = 'award')
            or (said.found_in = 'clause' and said.kind in ('target', 'baseline'))
            -- 专利授权9870件,其中发明专利1286件: what is among the granted is granted.
            or (
                said.found_in = 'before'
                and said.kind in ('target', 'baseline')
                and not coalesce(said.is_distinct, false)
                and regexp_matches(said.clause_folded_zh, '^[^,，]{0,3}其中')
            )
        )
        -- A verb within the name of the object is no event.
        and not coalesce(
            said.text_zh = objects.text_zh
            and said.char_start >= objects.char_start
            and said.char_end <= objects.char_end,
            false
        )
),

quantity_words as (
    select
        measure_key,
        arg_max(facet_key, char_end * 100 + char_end - char_start) filter (where found_in = 'indicator') as facet_key,
        arg_max(words_zh, char_end * 100 + char_end - char_start) filter (where found_in = 'indicator') as words_zh,
        bool_or(facet_key = 'density' and found_in = 'indicator') as has_density,
        -- 按贷款市场报价利率的40% is no part of the interest that was paid.
        bool_or(facet_key = 'prime_rate_share') as is_of_prime_rate,
        arg_max(facet_key, char_end) filter (
            where facet_key in ('rate', 'share', 'score') and found_in = 'indicator'
        ) as share_key
    from said
    where facet = 'quantity' and found_in in ('indicator', 'clause')
    group by measure_key
),

-- Whose budget it is tells apart public money, and nothing else.
grade_words as (
    select
        said.* exclude (facet_key),
        -- 市级专项资金 is of the municipal budget.
        case
            when money.facet_key is null or not suffix(said.words_zh, '级') then said.facet_key
            else
                case said.facet_key
                    when 'national' then 'central_money'
                    when 'provincial' then 'provincial_money'
                    when 'municipal' then 'municipal_money'
                    when 'county' then 'county_money'
                    else said.facet_key
                end
        end as facet_key
    from said
    left join {{ ref('int_measure_sibling') }} as siblings on said.measure_key = siblings.measure_key
    left join chosen_object as objects on said.measure_key = objects.measure_key
    left join {{ ref('int_facet_ancestor') }} as money
        on
            objects.facet_key = money.facet_key
            and money.facet = 'object'
            and money.ancestor_key = 'public_money'
    left join {{ ref('int_facet_ancestor') }} as budgets
        on
            said.facet_key = budgets.facet_key
            and budgets.facet = 'grade'
            and budgets.ancestor_key = 'public_budget'
    where
        said.facet = 'grade'
        and (
            said.found_in = 'indicator'
            or (said.found_in = 'award' and objects.found_in = 'award')
            or (said.found_in = 'before' and (objects.found_in = 'before' or siblings.is_of_rank))
        )
        and (budgets.facet_key is null or money.facet_key is not null)
        -- Products are recognised by the state, and by nobody else.
        and coalesce(said.facet_key != objects.only_grade, true)
        -- 国家示范企业、省优势企业: what stands before another honour is the rank of that one.
        and not exists (
            select 1
            from said as other
            inner join said as own
                on
                    other.measure_key = own.measure_key
                    and other.text_zh = own.text_zh
                    and own.facet = 'grade'
                    and other.char_end <= own.char_start
                    and own.char_end <= objects.char_start
            where
                other.facet = 'object'
                and other.only_event = objects.only_event
                and other.measure_key = said.measure_key
                and other.text_zh = said.text_zh
                and objects.text_zh = said.text_zh
                and other.char_start >= said.char_end
        )
),

-- Grades that are listed (国家、省级) are the grade that holds all of them; else the last is meant.
grades as (
    select
        said.measure_key,
        said.text_rank,
        count(distinct said.facet_key) as grades,
        arg_max(said.facet_key, said.char_end * 100 + said.depth) as last_key,
        string_agg(distinct said.words_zh, '、' order by said.words_zh) as words_zh
    from grade_words as said
    group by said.measure_key, said.text_rank
),

common_grades as (
    select
        said.measure_key,
        said.text_rank,
        ancestors.ancestor_key,
        count(distinct said.facet_key) as grades,
        sum(ancestors.steps) as steps
    from grade_words as said
    inner join {{ ref('int_facet_ancestor') }} as ancestors
        on
            said.facet = ancestors.facet
            and said.facet_key = ancestors.facet_key
    group by said.measure_key, said.text_rank, ancestors.ancestor_key
),

chosen_grade as (
    select
        grades.measure_key,
        coalesce(arg_min(common_grades.ancestor_key, common_grades.steps), any_value(grades.last_key)) as facet_key,
        any_value(grades.words_zh) as words_zh
    from grades
    left join common_grades
        on
            grades.measure_key = common_grades.measure_key
            and grades.text_rank = common_grades.text_rank
            and grades.grades = common_grades.grades
    group by grades.measure_key, grades.text_rank
    qualify row_number() over (partition by grades.measure_key order by grades.text_rank asc) = 1
),

chosen_locus as (
    select said.*
    from said
    left join chosen_object as objects on said.measure_key = objects.measure_key
    where
        said.facet = 'locus'
        and (said.found_in = 'indicator' or (said.found_in = 'award' and objects.found_in = 'award'))
        -- The place itself is no part of it.
        and not (said.facet_key = 'part_of_place' and contains(coalesce(said.place_zh, ''), said.words_zh))
        -- A city is a part of a province or the state; a county that names its city does not mean a part of itself.
        and not (
            said.facet_key = 'part_of_place'
            and suffix(said.words_zh, '市')
            and not regexp_matches(coalesce(said.place_zh, ''), '(省|自治区|国家|国务院)$')
        )
        -- PCT专利申请 and 海外纠纷 say where by their names.
        and not coalesce(contains(objects.words_zh, said.words_zh) or said.facet_key = objects.only_locus, false)
    qualify row_number() over (
            partition by said.measure_key
            order by said.text_rank asc, said.depth desc, said.with_length desc, said.char_end desc, said.facet_key asc
        ) = 1
),

-- Of those whom an award names, those who get it: the bank's loan to an enterprise, paid to the enterprise, is not the
-- bank's.
not_paid as (
    select
        said.measure_key,
        said.facet_key
    from said
    inner join said as paid
        on
            said.measure_key = paid.measure_key
            and paid.facet = 'party'
            and paid.found_in = 'recipient'
    left join {{ ref('int_facet_ancestor') }} as within
        on
            said.facet = within.facet
            and said.facet_key = within.facet_key
            and paid.facet_key = within.ancestor_key
    where
        said.kind = 'incentive'
        and said.facet = 'party'
        and said.found_in = 'indicator'
    group by said.measure_key, said.facet_key
    -- 单位 and 权利人 can be any of them.
    having
        bool_and(within.facet_key is null)
        and not bool_or(paid.is_general and paid.facet_key != 'enterprise')
),

-- Who is said first acts; of the sides of a split the last one bears.
chosen_party as (
    select said.*
    from said
    left join not_paid
        on
            said.measure_key = not_paid.measure_key
            and said.facet_key = not_paid.facet_key
    left join {{ ref('int_measure_sibling') }} as siblings on said.measure_key = siblings.measure_key
    left join chosen_object as objects on said.measure_key = objects.measure_key
    left join {{ ref('int_facet_ancestor') }} as enterprises
        on
            said.facet_key = enterprises.facet_key
            and enterprises.facet = 'party'
            and enterprises.ancestor_key = 'enterprise'
    where
        said.facet = 'party'
        and not_paid.measure_key is null
        and coalesce(said.facet_key != objects.only_party, true)
        and (
            said.found_in in ('indicator', 'recipient')
            or (said.found_in = 'clause' and said.kind = 'allocation')
            or (said.found_in = 'before' and (objects.found_in = 'before' or siblings.measure_key is not null))
        )
        -- 企业 within 示范企业 tells nothing new; 中小企业 at the end of 惠及中小企业 does.
        and not coalesce(
            contains(objects.words_zh, said.words_zh)
            and (
                said.is_general
                or enterprises.facet_key is null
                or objects.words_zh = said.words_zh
                or not suffix(objects.words_zh, said.words_zh)
            ),
            false
        )
    qualify row_number() over (
            partition by said.measure_key
            order by
                said.is_general asc,
                said.text_rank asc,
                case when said.kind = 'allocation' then -said.char_end else said.char_start end asc,
                said.facet_key asc
        ) = 1
),

combined as (
    select
        measures.measure_key,
        measures.plan_key,
        measures.sentence_folded_zh,
        measures.char_start,
        measures.kind,
        measures.form,
        measures.family,
        measures.value_text,
        measures.counter_zh,
        measures.indicator_text_zh,
        -- 16.8亿元,增长27%: it is the amount that grows; 授权发明专利1286件,增长18%: it is what was granted.
        measures.text_before_zh = regexp_replace(
            measures.indicator_text_zh, '((年均|同比|[比较](上年|去年|上年同期))?增长率|(年均|同比)?增[幅速])$', ''
        ) as is_growth_of_it,
        measures.family_before = 'money' and is_growth_of_it as is_growth_of_money,
        objects.object_key,
        objects.words_zh as object_words_zh,
        coalesce(objects.is_actor, false) as is_actor,
        objects.found_in as object_found_in,
        nodes.only_event,
        nodes.only_locus,
        nodes.only_party,
        nodes.family as counted_as,
        events.facet_key as event_key,
        -- An award for a title that is applied for is one for the title.
        coalesce(events.is_distinct and events.found_in in ('indicator', 'award'), false)
        and (events.facet_key != 'filed' or measures.kind in ('target', 'baseline'))
        -- Organisations are attracted, not what they do.
        and (events.facet_key != 'attracted' or coalesce(nodes.family, '') = 'organisation') as is_distinct_event,
        events.words_zh as event_words_zh,
        events.found_in as event_found_in,
        quantity_words.facet_key as quantity_word_key,
        coalesce(quantity_words.has_density, false) as has_density,
        coalesce(quantity_words.is_of_prime_rate, false) as is_of_prime_rate,
        quantity_words.share_key,
        quantity_words.words_zh as quantity_words_zh,
        chosen_grade.facet_key as grade_key,
        chosen_grade.words_zh as grade_words_zh,
        chosen_locus.facet_key as locus_key,
        chosen_locus.words_zh as locus_words_zh,
        chosen_party.facet_key as party_key,
        chosen_party.words_zh as party_words_zh,
        chosen_party.is_general as is_general_party
    from measures
    left join chosen_object as objects on measures.measure_key = objects.measure_key
    left join {{ ref('int_facet') }} as nodes
        on
            objects.facet_key = nodes.facet_key
            and nodes.facet = 'object'
    left join events
        on
            measures.measure_key = events.measure_key
            and events.choice = 1
    left join quantity_words on measures.measure_key = quantity_words.measure_key
    left join chosen_grade on measures.measure_key = chosen_grade.measure_key
    left join chosen_locus on measures.measure_key = chosen_locus.measure_key
    left join chosen_party on measures.measure_key = chosen_party.measure_key
),

counted as (
    select
        *,
        case
            when kind = 'sanction' and family in ('money', 'share') then 'fine'
            when kind = 'allocation' and regexp_matches(value_text, '百分[点點]|个点|個點') then 'share_change'
            when kind = 'incentive' and family = 'money' then 'award'
            when
                kind = 'incentive'
                and family = 'share'
                and regexp_matches(concat(value_text, indicator_text_zh), '百分[点點]|个点|個點|年化|年利率')
                then 'points'
            when kind = 'incentive' and family = 'share' and is_of_prime_rate then 'prime_rate_share'
            when kind = 'incentive' and family = 'share' then 'cost_share'
            when kind = 'incentive' and family = 'ratio' then 'matching'
            when kind = 'funding' and only_event = 'issued' then 'amount'
            when
                family = 'money'
                and (kind = 'funding' or (counted_as = 'money' and only_event in ('set_up', 'allocated')))
                then 'fund_size'
            when kind = 'allocation' and family = 'share' then 'share'
            -- Days are no number of what is done in them.
            when family = 'duration' or (family = 'other' and {{ is_time_counter('counter_zh') }}) then 'duration'
            when family = 'density' then 'density'
            when form in ('growth_annual', 'growth_total', 'multiple') and has_density then 'growth_of_density'
            when form in ('growth_annual', 'growth_total', 'multiple') and quantity_word_key = 'rate'
                then 'growth_of_rate'
            when
                form in ('growth_annual', 'growth_total', 'multiple')
                and (
                    quantity_word_key = 'amount'
                    or event_key in ('output', 'value_added', 'revenue')
                    or (quantity_word_key is null and (counted_as = 'money' or is_growth_of_money))
                )
                then 'growth_of_amount'
            when form in ('growth_annual', 'growth_total', 'multiple') then 'growth_of_count'
            when family = 'share' then coalesce(share_key, 'share')
            when family = 'money' then 'amount'
            when has_density then 'density'
            when family = 'other' and (quantity_word_key = 'score' or object_key = 'public_satisfaction') then 'score'
            else 'count'
        end as quantity_key
    from combined
),

formed as (
    select
        *,
        -- A stock is held and a flow added where no words say how; of what there is a part is taken, and it grows.
        kind != 'incentive'
        and not is_actor
        and (
            (quantity_key = 'count' and form in ('level', 'flow'))
            or (quantity_key = 'density' and form = 'level')
            or (quantity_key in ('share', 'duration') and kind in ('target', 'baseline'))
            or (quantity_key = 'growth_of_count' and counted_as in ('organisation', 'person'))
        ) as is_told_by_form
    from counted
),

with_event as (
    select
        * exclude (event_key, event_words_zh, event_found_in),
        case
            when object_key is null then null
            when only_event is not null and not is_distinct_event
                then struct_pack(key := only_event, words := object_words_zh, found_in := 'object')
            -- Rights are held; organisations and people are there.
            when event_key = 'held' and counted_as in ('organisation', 'person')
                then struct_pack(key := 'existing', words := event_words_zh, found_in := event_found_in)
            when event_key is not null
                then struct_pack(key := event_key, words := event_words_zh, found_in := event_found_in)
            when is_told_by_form and form = 'level' and quantity_key = 'density'
                then struct_pack(key := 'held', words := null, found_in := 'form')
            when is_told_by_form
                then struct_pack(key := if(form = 'flow', 'added', 'existing'), words := null, found_in := 'form')
        end as event
    from formed
),

-- What grows is what stands before it under the same name.
after_another as (
    select
        * exclude (event),
        case
            when
                is_growth_of_it
                and object_key = lag(object_key) over same_sentence
                and coalesce(event.found_in, 'form') = 'form'
                and (lag(event) over same_sentence).found_in != 'form'
                then struct_update(lag(event) over same_sentence, found_in := 'before')
            else event
        end as event
    from with_event
    window same_sentence as (partition by plan_key, sentence_folded_zh order by char_start, measure_key)
)

select
    measure_key,
    object_key,
    object_words_zh,
    object_found_in,
    event.key as event_key,
    event.words as event_words_zh,
    event.found_in as event_found_in,
    quantity_key,
    quantity_words_zh,
    grade_key,
    grade_words_zh,
    locus_key,
    locus_words_zh,
    party_key,
    party_words_zh,
    coalesce(is_general_party, false) as is_general_party
from after_another
