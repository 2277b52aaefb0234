{#- Codes that no row of the facets has. A null is no code: it says that none applies, and passes. #}
{% test known_facet(model, column_name, facet) %}
select stated.{{ column_name }}
from {{ model }} as stated
left join {{ ref('facets') }} as facets
    on
        stated.{{ column_name }} = facets.facet_key
        and facets.facet = '{{ facet }}'
where stated.{{ column_name }} is not null and facets.facet_key is null
{% endtest %}
