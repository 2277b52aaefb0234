-- The object of the measure before, where this one lists another of its kind by nothing but its noun: 国家知识产权优势
-- 企业40家、示范企业8家 are of one grade, 高校专利实施率40%、专利产业化率8% of one party.
select distinct
    objects.measure_key,
    -- Ranks are of honours.
    objects.only_event = 'recognised' as is_of_rank
from {{ ref('int_measure_object') }} as objects
inner join {{ ref('int_measure_term') }} as said
    on
        objects.measure_key = said.measure_key
        and said.facet = 'object'
        and said.found_in = 'before'
        and objects.parent_key = said.parent_key
        and objects.facet_key != said.facet_key
where
    objects.words_zh
    = regexp_replace(objects.indicator_text_zh, '(认定)?的?分别(给予)?(奖励|奖补|补助|补贴|资助)$', '')
    and objects.only_event = said.only_event
