-- Which themes a plan is about at all: those of the rights that its title names and of the tasks that it names; where
-- it names none of the one or the other, all of them. What is not on intellectual property is about none of them, but
-- for plans and reports of a whole government. A plan without title may be about any.
with terms as (
    select *
    from {{ ref('attribute_terms') }}
    where attribute in ('remit_of_rights', 'remit_of_tasks')
),

told as (
    select
        documents.plan_key,
        terms.attribute,
        bool_or(terms.code = 'all') as is_all,
        list(distinct terms.code) as theme_keys
    from {{ ref('stg_documents') }} as documents
    inner join terms on regexp_matches(documents.title_folded_zh, terms.term_zh)
    where coalesce(terms.unless_zh, '') = '' or not regexp_matches(documents.title_folded_zh, terms.unless_zh)
    group by documents.plan_key, terms.attribute
),

plans as (
    select
        documents.plan_key,
        coalesce(rights.is_all, true) as is_all_rights,
        rights.theme_keys as theme_keys_of_rights,
        coalesce(tasks.is_all, true) as is_all_tasks,
        tasks.theme_keys as theme_keys_of_tasks,
        documents.title_folded_zh is null
        or subjects.is_on_ip
        or coalesce(rights.is_all, false) as may_speak_of_ip
    from {{ ref('stg_documents') }} as documents
    inner join {{ ref('int_plan_subject') }} as subjects on documents.plan_key = subjects.plan_key
    left join told as rights
        on
            documents.plan_key = rights.plan_key
            and rights.attribute = 'remit_of_rights'
    left join told as tasks
        on
            documents.plan_key = tasks.plan_key
            and tasks.attribute = 'remit_of_tasks'
)

select
    plans.plan_key,
    themes.theme_key,
    themes.theme_key = 'other'
    or (
        plans.may_speak_of_ip
        and (
            -- Every plan has to be led, paid for and made known.
            themes.theme_key in ('governance_funding', 'awareness')
            or (
                (plans.is_all_rights or list_contains(plans.theme_keys_of_rights, themes.theme_key))
                and (plans.is_all_tasks or list_contains(plans.theme_keys_of_tasks, themes.theme_key))
            )
        )
    ) as is_in_remit
from plans
cross join {{ ref('themes') }} as themes
