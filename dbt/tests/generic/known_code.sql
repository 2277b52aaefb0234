{#- Rows whose code the vocabulary lacks. A null is no code: it says that none applies, and passes. #}
{% test known_code(model, column_name, vocabulary) %}
select stated.{{ column_name }}
from {{ model }} as stated
left join {{ ref('codes') }} as codes
    on
        stated.{{ column_name }} = codes.code
        and codes.vocabulary = '{{ vocabulary }}'
where stated.{{ column_name }} is not null and codes.code is null
{% endtest %}
