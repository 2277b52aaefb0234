-- Of each measure: whose money it is, which office answers for it, how binding its words are, what follows from it,
-- whether the plan set it itself, and whether its money is new and for intellectual property only. What no words tell
-- is null; only that a number is the plan's own, and said without any word of must or try, goes without saying.
with attributes as (
    select
        measure_key,
        string_agg(code, '|' order by code asc) filter (where attribute = 'payer') as payer,
        count(*) filter (where attribute = 'payer') as payers,
        max(text_rank) filter (where attribute = 'payer') as payer_rank,
        max(found_in) filter (where attribute = 'payer') as payer_from,
        string_agg(words_zh, '、' order by code asc) filter (where attribute = 'payer') as payer_words_zh,
        max(code) filter (where attribute = 'binding') as binding,
        max(words_zh) filter (where attribute = 'binding') as binding_words_zh,
        max(code) filter (where attribute = 'consequence') as consequence,
        max(code) filter (where attribute = 'origin') as origin,
        max(words_zh) filter (where attribute = 'origin') as origin_words_zh,
        max(code) filter (where attribute = 'novelty') as novelty,
        max(words_zh) filter (where attribute = 'novelty') as novelty_words_zh,
        max(words_zh) filter (where attribute = 'reach') as reach_words_zh
    from {{ ref('int_attribute_match') }}
    group by measure_key
),

leads as (
    select
        provisions.plan_key,
        provisions.provision_key,
        provisions.position as provision_position,
        provisions.section,
        themes.theme_key,
        names.agency_key,
        min(agencies.position) as position
    from {{ ref('stg_provisions') }} as provisions
    inner join {{ ref('int_provision_theme') }} as themes
        on
            provisions.provision_key = themes.provision_key
            and themes.is_primary
    inner join {{ ref('stg_provision_agencies') }} as agencies
        on
            provisions.provision_key = agencies.provision_key
            and agencies.role = 'lead'
    inner join {{ ref('int_agency_name') }} as names on agencies.name_folded_zh = names.name_folded_zh
    group by all
),

offices as (
    select
        provision_key,
        string_agg(agency_key, '|' order by position asc) as office_keys
    from leads
    group by provision_key
),

-- The offices that lead at least half of those tasks of a theme that name any.
tasks as (
    select
        plan_key,
        theme_key,
        agency_key,
        count(*) as led,
        min(provision_position) as first_position,
        min(position) as first_place
    from leads
    where section = 'task'
    group by plan_key, theme_key, agency_key
),

counted as (
    select
        plan_key,
        theme_key,
        count(distinct provision_key) as tasks
    from leads
    where section = 'task'
    group by plan_key, theme_key
),

theme_offices as (
    select
        tasks.plan_key,
        tasks.theme_key,
        string_agg(tasks.agency_key, '|' order by tasks.led desc, tasks.first_position asc, tasks.first_place asc)
            as office_keys
    from tasks
    inner join counted
        on
            tasks.plan_key = counted.plan_key
            and tasks.theme_key = counted.theme_key
    where 2 * tasks.led >= counted.tasks
    group by tasks.plan_key, tasks.theme_key
),

measures as (
    select
        measures.*,
        attributes.payers = 1
        or attributes.payer_rank = 1
        or (
            attributes.payer_rank = 2
            and len(regexp_extract_all(measures.clause_folded_zh, '[0-9][0-9.,]*')) < 2
        ) as is_one_payer
    from {{ ref('stg_measures') }} as measures
    left join attributes on measures.measure_key = attributes.measure_key
)

select
    measures.measure_key,
    -- Words that name several payers of several sums do not say who pays which.
    case when measures.is_one_payer then attributes.payer end as payer,
    case when measures.is_one_payer then attributes.payer_from end as payer_from,
    case when measures.is_one_payer then attributes.payer_words_zh end as payer_words_zh,
    coalesce(offices.office_keys, theme_offices.office_keys) as office_keys,
    case
        when offices.office_keys is not null then 'own'
        when theme_offices.office_keys is not null then 'theme'
    end as office_from,
    case
        when measures.is_aspirational then 'tentative'
        else coalesce(attributes.binding, 'plain')
    end as binding,
    attributes.binding_words_zh,
    case
        when measures.kind = 'incentive' then 'reward'
        when measures.kind = 'sanction' then 'sanction'
        else attributes.consequence
    end as consequence,
    coalesce(attributes.origin, 'own') as origin,
    attributes.origin_words_zh,
    case when measures.kind = 'funding' then attributes.novelty end as novelty,
    case when measures.kind = 'funding' then attributes.novelty_words_zh end as novelty_words_zh,
    measures.kind = 'funding' and attributes.reach_words_zh is not null as is_wider_than_ip,
    case when measures.kind = 'funding' then attributes.reach_words_zh end as reach_words_zh
from measures
inner join {{ ref('int_measure_theme') }} as themes
    on
        measures.measure_key = themes.measure_key
        and themes.is_primary
left join attributes on measures.measure_key = attributes.measure_key
left join offices on measures.provision_key = offices.provision_key
left join theme_offices
    on
        measures.plan_key = theme_offices.plan_key
        and themes.theme_key = theme_offices.theme_key
