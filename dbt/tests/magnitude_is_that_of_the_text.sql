-- Values that are not what figure and magnitude say where a plan prints them in Arabic digits (4.5万件, 12亿元): a check on
-- extraction that knows nothing of its grammar. One plan may print what nobody thought of, so it warns.
{{ config(severity = 'warn') }}

with printed as (
    select
        measure_key,
        value_text,
        value,
        cast(regexp_extract(value_text, '^[0-9]+(\.[0-9]+)?') as double) as figure,
        regexp_extract(value_text, '^[0-9.]+ *[余多来]?(百万|千万|十万|万亿|千亿|百亿|十亿|万|亿|千|百|萬|億)', 1) as magnitude
    from {{ ref('fct_measure') }}
    where regexp_matches(value_text, '^[0-9]+(\.[0-9]+)? *[^0-9.∶:/%％‰]*$')
        -- Units that begin like a magnitude.
        and not regexp_matches(value_text, '千[瓦米克]|百分点|百分點')
)

select *
from printed
where
    abs(
        value - figure * case magnitude
            when '百' then 1e2
            when '千' then 1e3
            when '万' then 1e4
            when '萬' then 1e4
            when '十万' then 1e5
            when '百万' then 1e6
            when '千万' then 1e7
            when '亿' then 1e8
            when '億' then 1e8
            when '十亿' then 1e9
            when '百亿' then 1e10
            when '千亿' then 1e11
            when '万亿' then 1e12
            else 1
        end
    ) > 0.0001 * greatest(abs(value), 1)
