-- The index of policy modelling consistency (PMC index, Ruiz Estrada 2011) of each plan: one row per sub-item, with
-- the first place that earned it. A variable is the share of its sub-items that a plan has, and the index the sum of
-- the ten variables. The band leaves one variable out at a time and carries the sum of the others to ten: how much the
-- index hangs on one of them.
with provisions as (
    select
        provisions.*,
        themes.theme_key,
        -- Neither names of offices in charge nor titles of other documents are what the plan says.
        regexp_replace(
            regexp_replace(
                provisions.text_folded_zh, '(?s)[((]?(责任单位|牵头单位|配合单位|主办单位|协办单位)[::].*$', ''
            ),
            '《[^》]*》',
            '《…》',
            'g'
        ) as policy_zh
    from {{ ref('stg_provisions') }} as provisions
    inner join {{ ref('int_provision_theme') }} as themes
        on
            provisions.provision_key = themes.provision_key
            and themes.is_primary
),

measures as (
    select
        measures.*,
        documents.period_start_year as plan_start_year,
        starts_with(json_extract_string(measures.decided_by, '$.period'), 'period_of_plan') as is_dated_by_plan
    from {{ ref('stg_measures') }} as measures
    inner join {{ ref('stg_documents') }} as documents on measures.plan_key = documents.plan_key
    where measures.kind != 'baseline'
),

horizons as (
    select
        plan_key,
        null as provision_key,
        0 as place,
        period_end_year - period_start_year + 1 as years,
        coalesce(period_text, title_zh, plan_key) as sentence_zh
    from {{ ref('stg_documents') }}
    union all
    -- A plan without period may be valid for some years (有效期五年).
    select
        plan_key,
        null as provision_key,
        0 as place,
        coalesce(
            try_cast(regexp_extract(validity_text, '([0-9]+)年$', 1) as integer),
            nullif(strpos('一二三四五六七八九十', nullif(regexp_extract(validity_text, '^(.)年$', 1), '')), 0)
        ) as years,
        validity_text as sentence_zh
    from {{ ref('stg_documents') }}
    union all
    select
        plan_key,
        provision_key,
        char_start as place,
        period_end_year - plan_start_year + 1 as years,
        quote_zh as sentence_zh
    from measures
    where not coalesce(is_dated_by_plan, false)
),

-- All that an item can be found by: a code, or words of a provision.
signs as (
    select
        plan_key,
        provision_key,
        char_start as place,
        'section' as searched_in,
        section as sign,
        heading_zh as sentence_zh
    from provisions
    union all
    select
        plan_key,
        provision_key,
        char_start as place,
        'theme' as searched_in,
        theme_key as sign,
        heading_zh as sentence_zh
    from provisions
    where section != 'status'
    union all
    select
        provisions.plan_key,
        provisions.provision_key,
        provisions.char_start as place,
        'instrument' as searched_in,
        instruments.side as sign,
        concat_ws('：', provisions.heading_zh, used.matched_terms_zh) as sentence_zh
    from provisions
    inner join {{ ref('int_provision_instrument') }} as used on provisions.provision_key = used.provision_key
    inner join {{ ref('instruments') }} as instruments on used.instrument_key = instruments.instrument_key
    where provisions.section != 'status'
    union all
    select
        provisions.plan_key,
        provisions.provision_key,
        agencies.char_start as place,
        'office' as searched_in,
        agencies.role as sign,
        agencies.printed_name_zh as sentence_zh
    from provisions
    inner join {{ ref('stg_provision_agencies') }} as agencies on provisions.provision_key = agencies.provision_key
    union all
    select
        plan_key,
        provision_key,
        char_start as place,
        'measure' as searched_in,
        kind as sign,
        quote_zh as sentence_zh
    from measures
    union all
    select
        plan_key,
        provision_key,
        char_start as place,
        'deadline' as searched_in,
        'deadline' as sign,
        quote_zh as sentence_zh
    from measures
    where kind = 'target' and period_end_year is not null and not coalesce(is_dated_by_plan, false)
    union all
    select
        plan_key,
        provision_key,
        char_start as place,
        'citation' as searched_in,
        role as sign,
        quote_zh as sentence_zh
    from {{ ref('stg_citations') }}
    union all
    select
        plan_key,
        provision_key,
        place,
        'horizon' as searched_in,
        case
            when years > 5 then 'long'
            when years >= 3 then 'medium'
            when years > 1 then 'short'
            else 'year'
        end as sign,
        sentence_zh
    from horizons
    where years > 0
    union all
    select
        plan_key,
        null as provision_key,
        0 as place,
        'published' as searched_in,
        'published' as sign,
        coalesce(title_zh, plan_key) as sentence_zh
    from {{ ref('stg_documents') }}
),

terms as (
    select
        code as item_key,
        searched_in,
        term_zh,
        nullif(unless_zh, '') as undone_by,
        {{ needed_words('term_zh') }} as needed_zh
    from {{ ref('attribute_terms') }}
    where attribute = 'policy_item'
),

earned as (
    select
        signs.plan_key,
        terms.item_key,
        signs.provision_key,
        signs.place,
        signs.sentence_zh,
        null as term_zh
    from signs
    inner join terms
        on
            signs.searched_in = terms.searched_in
            and signs.sign = terms.term_zh
    union all
    select
        provisions.plan_key,
        terms.item_key,
        provisions.provision_key,
        provisions.char_start as place,
        provisions.policy_zh as sentence_zh,
        terms.term_zh
    from provisions
    inner join terms on terms.searched_in = 'text'
    where
        (provisions.section != 'status' or terms.item_key = 'nature.description')
        and {{ says('provisions.policy_zh', 'terms') }}
),

firsts as (
    select
        plan_key,
        item_key,
        provision_key,
        case
            when term_zh is null then sentence_zh
            else trim(regexp_extract(sentence_zh, '[^。;;\n]*?(' || term_zh || ')[^。;;\n]*'))
        end as sentence_zh
    from earned
    qualify row_number() over (partition by plan_key, item_key order by place asc, sentence_zh asc) = 1
),

items as (
    select
        plans.plan_key,
        split_part(items.code, '.', 1) as variable_key,
        items.code as item_key,
        items.code_order as item_order,
        firsts.item_key is not null as is_earned,
        firsts.provision_key,
        firsts.sentence_zh
    from {{ ref('dim_plan') }} as plans
    inner join {{ ref('codes') }} as items on items.vocabulary = 'policy_item'
    left join firsts
        on
            plans.plan_key = firsts.plan_key
            and items.code = firsts.item_key
),

variables as (
    select
        plan_key,
        variable_key,
        avg(cast(is_earned as integer)) as variable_value
    from items
    group by plan_key, variable_key
),

indices as (
    select
        plan_key,
        sum(variable_value order by variable_key asc) as index_value,
        count(*) as variables,
        max(variable_value) as largest,
        min(variable_value) as smallest
    from variables
    group by plan_key
)

select
    items.plan_key,
    items.variable_key,
    items.item_key,
    items.item_order,
    cast(items.is_earned as integer) as value,
    items.provision_key,
    items.sentence_zh,
    variables.variable_value,
    indices.index_value,
    -- Without its largest variable a plan has least, without its smallest most.
    (indices.index_value - indices.largest) * indices.variables / (indices.variables - 1) as index_low,
    (indices.index_value - indices.smallest) * indices.variables / (indices.variables - 1) as index_high,
    case
        when indices.index_value >= 9 then 'perfect'
        when indices.index_value >= 7 then 'excellent'
        when indices.index_value >= 5 then 'acceptable'
        else 'poor'
    end as grade
from items
inner join variables
    on
        items.plan_key = variables.plan_key
        and items.variable_key = variables.variable_key
inner join indices on items.plan_key = indices.plan_key
