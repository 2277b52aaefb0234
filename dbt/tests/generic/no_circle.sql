{#- Codes that lie below themselves. #}
{% test no_circle(model) %}
select
    facet,
    facet_key
from {{ model }}
where steps > 0 and facet_key = ancestor_key
{% endtest %}
