-- The first statement of each measure that repeats an earlier one, also where the earlier one is a repetition itself.
with recursive chain as (
    select
        measure_key,
        restates_measure_key as first_measure_key
    from {{ ref('stg_measures') }}
    where restates_measure_key is not null
    union all
    select
        chain.measure_key,
        earlier.restates_measure_key as first_measure_key
    from chain
    inner join {{ ref('stg_measures') }} as earlier on chain.first_measure_key = earlier.measure_key
    where earlier.restates_measure_key is not null and earlier.restates_measure_key != chain.measure_key
),

earliest as (
    select
        chain.measure_key,
        chain.first_measure_key,
        row_number() over (partition by chain.measure_key order by measures.char_start asc) as statement_rank
    from chain
    inner join {{ ref('stg_measures') }} as measures on chain.first_measure_key = measures.measure_key
)

select
    measure_key,
    first_measure_key
from earliest
where statement_rank = 1
