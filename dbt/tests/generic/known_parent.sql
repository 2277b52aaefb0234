{#- Codes whose parent is no code of their facet. #}
{% test known_parent(model, column_name) %}
select
    children.facet,
    children.facet_key
from {{ model }} as children
left join {{ model }} as parents
    on
        children.facet = parents.facet
        and children.{{ column_name }} = parents.facet_key
where children.{{ column_name }} is not null and parents.facet_key is null
{% endtest %}
