-- What each measure counts, pays for or lets grow: its object, with the words that told it. No row where no words tell.
with said as (
    select *
    from {{ ref('int_measure_term') }}
),

-- How much of the name of each measure the terms understand.
understood as (
    select
        measure_key,
        count(distinct place) / length(any_value(text_zh)) as understood_share
    from (
        select
            measure_key,
            text_zh,
            unnest(range(char_start, char_end)) as place
        from said
        where found_in = 'indicator'
    ) as places
    group by measure_key
),

-- What counts organisations or people counts no rights, and who gets an award is not what it is for. A clause or a
-- heading speaks of several things: it tells only where it speaks of one.
objects_said as (
    select said.*
    from said
    left join understood on said.measure_key = understood.measure_key
    where
        said.facet = 'object'
        and said.found_in != 'recipient'
        -- 示范企业, 贴息 and 案件 are of intellectual property where it is spoken of.
        and not (coalesce(said.needs_ip, false) and not coalesce(said.speaks_of_ip, true))
        -- Public money is what pays for an award, not what it is for.
        and not (said.kind = 'incentive' and 'public_money' in (said.facet_key, coalesce(said.parent_key, '')))
        -- A sentence that speaks of IP as such names nothing, and who pays (从专项资金中安排) is not what is counted.
        and not (
            said.found_in = 'sentence'
            and (
                said.facet_key in ('ip_right', 'ip_activity')
                or (said.family != 'money' and 'public_money' in (said.facet_key, coalesce(said.parent_key, '')))
                or regexp_matches(substr(said.text_zh, said.char_end + 1), '^中(统筹)?(安排|列支|划拨|支出|解决)')
            )
        )
        and (said.kind != 'sanction' or said.found_in = 'indicator')
        and (not said.is_actor or (said.family in ('organisation', 'person', 'other') and said.found_in = 'indicator'))
        and not (said.family in ('organisation', 'person') and said.counted_as not in (said.family, 'other'))
        -- Who borrows gets an award; it is for the loan.
        and not (said.kind = 'incentive' and said.facet_key in ('pledge_borrower', 'pledge_borrower_patent'))
        -- What is held 40 times is a course, not those who attend.
        and not (said.counted_as = 'person' and regexp_matches(said.value_text, '[场場期堂]$'))
        -- 由风险补偿资金承担 says who bears, 在代理机构执业 where somebody works.
        and not (said.kind = 'allocation' and substr(said.text_zh, said.char_start, 1) = '由')
        and not regexp_matches(substr(said.text_zh, said.char_end + 1), '^(连续)?(执业|就业|任职)(?:[^专人]|$)')
        -- 高价值发明专利占发明专利的比例 is a share of the former.
        and not (said.family = 'share' and strpos(said.text_zh, '占') between 1 and said.char_start)
        -- A name that has a noun of its own which no term knows is about that, and not about its heading.
        and (
            said.found_in in ('indicator', 'award')
            or said.kind in ('incentive', 'funding', 'allocation')
            or (coalesce(length(said.indicator_text_zh), 0) <= 4 and said.found_in != 'before')
            or understood.understood_share >= 0.5
        )
    qualify
        said.found_in in ('indicator', 'award', 'before')
        or min(said.facet_key) over (partition by said.measure_key, said.text_rank)
        = max(said.facet_key) over (partition by said.measure_key, said.text_rank)
),

-- 主导制定国际标准的单位在标准发布后: a general noun that takes up a longer one is that.
object_words as (
    select *
    from objects_said
    where
        not exists (
            select 1
            from objects_said as longer
            where
                longer.measure_key = objects_said.measure_key
                and longer.text_rank = objects_said.text_rank
                and longer.char_end <= objects_said.char_start
                and longer.depth > objects_said.depth
                and suffix(longer.words_zh, objects_said.words_zh)
        )
        -- 行政裁决案件结案率: a noun behind one of its kinds is that kind.
        and not exists (
            select 1
            from objects_said as kind_of
            inner join {{ ref('int_facet_ancestor') }} as above
                on
                    kind_of.facet_key = above.facet_key
                    and above.facet = 'object'
                    and above.steps > 0
            where
                kind_of.measure_key = objects_said.measure_key
                and kind_of.text_rank = objects_said.text_rank
                and above.ancestor_key = objects_said.facet_key
                and regexp_full_match(
                    substr(objects_said.text_zh, kind_of.char_end + 1, objects_said.char_start - kind_of.char_end),
                    '(案件|按期|按时|的)*'
                )
                and kind_of.char_end <= objects_said.char_start
        )
),

-- Chinese puts the noun last.
last_object as (
    select *
    from object_words
    qualify row_number() over (
            partition by measure_key
            order by
                text_rank asc,
                coalesce(family = counted_as, false) and family in ('organisation', 'person') desc,
                -- It is money, a loss or a return that is divided.
                kind = 'allocation' and counted_as = 'money' desc,
                is_actor asc,
                char_end desc,
                char_end - char_start desc,
                with_length desc,
                depth desc,
                facet_key asc
        ) = 1
),

-- What may be the one or the other (地理标志保护产品或者地理标志证明商标) is what both are kinds of.
alternatives as (
    select
        last_object.measure_key,
        one.ancestor_key as facet_key,
        one_of.char_start,
        substr(last_object.text_zh, one_of.char_start + 1, last_object.char_end - one_of.char_start) as words_zh
    from last_object
    inner join object_words as one_of
        on
            last_object.measure_key = one_of.measure_key
            and last_object.text_rank = one_of.text_rank
            and last_object.facet_key != one_of.facet_key
            and regexp_full_match(
                substr(last_object.text_zh, one_of.char_end + 1, last_object.char_start - one_of.char_end),
                -- A list of what has one parent is about all of it: 国际标准、国家标准.
                case
                    when
                        last_object.parent_key in (one_of.parent_key, one_of.facet_key)
                        and coalesce(last_object.only_event, '') = coalesce(one_of.only_event, '')
                        then '或者?|、|和|及'
                    else '或者?(注册|登记|认定|核准|获批)?(成?为)?'
                end
            )
    inner join {{ ref('int_facet_ancestor') }} as one
        on
            one_of.facet_key = one.facet_key
            and one.facet = 'object'
    inner join {{ ref('int_facet_ancestor') }} as other
        on
            last_object.facet_key = other.facet_key
            and other.facet = 'object'
            and one.ancestor_key = other.ancestor_key
    -- IP work as a whole is no object.
    where one.ancestor_key not in ('ip_activity', 'actor')
    qualify row_number() over (
            partition by last_object.measure_key order by one.steps + other.steps asc, one_of.char_start desc
        ) = 1
),

chosen_object as (
    select
        last_object.* exclude (
            facet_key, words_zh, char_start, only_event, only_locus, only_party, only_grade, counted_as
        ),
        coalesce(alternatives.facet_key, last_object.facet_key) as facet_key,
        coalesce(alternatives.words_zh, last_object.words_zh) as words_zh,
        coalesce(alternatives.char_start, last_object.char_start) as char_start,
        case when alternatives.measure_key is null then last_object.only_event else nodes.only_event end as only_event,
        case when alternatives.measure_key is null then last_object.only_locus else nodes.only_locus end as only_locus,
        case when alternatives.measure_key is null then last_object.only_party else nodes.only_party end as only_party,
        case when alternatives.measure_key is null then last_object.only_grade else nodes.only_grade end as only_grade,
        case when alternatives.measure_key is null then last_object.counted_as else nodes.family end as counted_as
    from last_object
    left join alternatives on last_object.measure_key = alternatives.measure_key
    left join {{ ref('int_facet') }} as nodes
        on
            alternatives.facet_key = nodes.facet_key
            and nodes.facet = 'object'
),

-- Loans against patents by their heading (专利权质押融资补助 › 贷款贴息), where nothing else says whose rights they are of.
pledged_rights as (
    select
        chosen_object.measure_key,
        nodes.facet_key
    from chosen_object
    inner join {{ ref('int_facet') }} as nodes
        on
            chosen_object.facet_key = nodes.axis_key
            and nodes.on_parent_axis
            and nodes.facet = 'object'
    where
        not regexp_matches(
            concat(chosen_object.indicator_text_zh, chosen_object.clause_folded_zh), '知识产权|专利权|专利商标|商标|版权|著作权|地理标志'
        )
        and not regexp_matches(chosen_object.pledge_heading_zh, '知识产权|版权|著作权|地理标志')
        and nodes.rights = case
            when regexp_matches(chosen_object.pledge_heading_zh, '专利.*商标') then 'several'
            when regexp_matches(chosen_object.pledge_heading_zh, '专利') then 'patent'
        end
),

-- A cap is on what its award is for. Where its name has only what the name or clause of the award says, too, the award
-- was told from more: 取得质押贷款的,按利息的60%给予补贴,每家不超过50万元 caps the interest.
capped as (
    select
        measures.measure_key,
        awards.* exclude (awards.measure_key, awards.indicator_text_zh, awards.found_in),
        measures.indicator_text_zh,
        'award' as found_in
    from {{ ref('stg_measures') }} as measures
    inner join chosen_object as awards on measures.governs_measure_key = awards.measure_key
    inner join {{ ref('stg_measures') }} as governed on measures.governs_measure_key = governed.measure_key
    left join chosen_object as own on measures.measure_key = own.measure_key
    where
        measures.kind = 'incentive'
        and governed.kind = 'incentive'
        and awards.found_in = 'indicator'
        and (
            own.measure_key is null
            or own.found_in not in ('indicator', 'award')
            or (
                own.facet_key != awards.facet_key
                -- Abroad is not at home.
                and coalesce(own.only_locus, '') = coalesce(awards.only_locus, '')
                and contains(concat(governed.indicator_text_zh, governed.clause_folded_zh), own.words_zh)
            )
        )
),

complete as (
    select chosen_object.*
    from chosen_object
    anti join capped on chosen_object.measure_key = capped.measure_key
    union all by name
    select *
    from capped
)

select
    complete.measure_key,
    coalesce(pledged_rights.facet_key, complete.facet_key) as object_key,
    complete.facet_key,
    complete.parent_key,
    complete.words_zh,
    complete.indicator_text_zh,
    complete.text_zh,
    complete.found_in,
    complete.char_start,
    complete.char_end,
    complete.is_actor,
    complete.only_event,
    complete.only_locus,
    complete.only_party,
    complete.only_grade,
    complete.counted_as
from complete
left join pledged_rights on complete.measure_key = pledged_rights.measure_key
