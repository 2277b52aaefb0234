{#- Rows whose code the vocabulary lacks, apart from one that is no code of it. A null says that none applies, and
    passes. #}
{% test known_code(model, column_name, vocabulary, but='') %}
select stated.{{ column_name }}
from {{ model }} as stated
left join {{ ref('codes') }} as codes
    on
        stated.{{ column_name }} = codes.code
        and codes.vocabulary = '{{ vocabulary }}'
where stated.{{ column_name }} != '{{ but }}' and codes.code is null
{% endtest %}
