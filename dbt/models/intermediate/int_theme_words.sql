-- What a plan says of a theme that it puts no number to: the sentence with most words of the theme in the provision
-- that is most about it, cut to whole clauses. Always a piece of the text as printed.
with silent as (
    select
        theme_key,
        plan_key
    from {{ ref('rpt_theme_coverage') }}
    where status in ('stated_without_number', 'mentioned_only')
),

sentences as (
    select
        themes.theme_key,
        provisions.plan_key,
        provisions.provision_key,
        provisions.section,
        provisions.position,
        themes.is_primary,
        themes.points,
        string_split(themes.matched_terms_zh, '、') as terms,
        string_split_regex(provisions.text_zh, '[。；;!！\n\r]') as printed,
        string_split_regex(provisions.text_folded_zh, '[。；;!！\n\r]') as folded
    from silent
    inner join {{ ref('stg_provisions') }} as provisions on silent.plan_key = provisions.plan_key
    inner join {{ ref('bridge_provision_x_theme') }} as themes
        on
            provisions.provision_key = themes.provision_key
            and silent.theme_key = themes.theme_key
),

numbered as (
    select
        *,
        unnest(range(1, len(printed) + 1)) as nth
    from sentences
),

told as (
    select
        *,
        printed[nth] as sentence_zh,
        -- Terms are matched in the folded text; where it has other sentences than the printed one, in none.
        case when len(printed) = len(folded) then coalesce(folded[nth], '') else '' end as folded_zh
    from numbered
),

matched as (
    select
        *,
        list_filter(terms, lambda term: contains(folded_zh, term)) as found
    from told
),

chosen as (
    select
        *,
        case
            when length(folded_zh) = length(sentence_zh) and len(found) > 0
                then list_min(list_transform(found, lambda term: strpos(folded_zh, term)))
            else 1
        end as position_in_sentence
    from matched
    where length(trim(sentence_zh)) > 1
    qualify
        row_number() over (
            partition by theme_key, plan_key
            order by
                is_primary desc,
                section = 'task' desc,
                section = 'goal' desc,
                points desc,
                position asc,
                -- A heading only names what the sentences after it tell.
                nth = 1 and len(printed) > 1 asc,
                len(found) desc,
                nth asc
        ) = 1
),

tools as (
    select
        uses.provision_key,
        string_agg(instruments.name_en, ', ' order by uses.rank asc) as tools_en
    from {{ ref('bridge_provision_x_instrument') }} as uses
    inner join {{ ref('dim_instrument') }} as instruments on uses.instrument_key = instruments.instrument_key
    where uses.rank <= 2
    group by uses.provision_key
),

leads as (
    select
        offices.provision_key,
        string_agg(agencies.name_zh, '、' order by offices.position asc) as office_zh,
        string_agg(agencies.name_en, '; ' order by offices.position asc) as office_en
    from (
        select
            provision_key,
            agency_key,
            min(position) as position
        from {{ ref('bridge_provision_x_agency') }}
        where role = 'lead'
        group by provision_key, agency_key
    ) as offices
    inner join {{ ref('dim_agency') }} as agencies on offices.agency_key = agencies.agency_key
    group by offices.provision_key
)

select
    chosen.theme_key,
    chosen.plan_key,
    chosen.provision_key,
    trim({{ clauses_from('chosen.sentence_zh', 'chosen.position_in_sentence', var('words_of_a_line')) }}) as words_zh,
    trim(chosen.sentence_zh) as sentence_zh,
    chosen.is_primary,
    tools.tools_en,
    leads.office_zh,
    leads.office_en
from chosen
left join tools on chosen.provision_key = tools.provision_key
-- Who leads a provision on something else does not answer for what it mentions.
left join leads
    on
        chosen.provision_key = leads.provision_key
        and chosen.is_primary
