{#- Subjects of a bridge that have no primary row, or more than one. #}
{% test one_primary(model, key) %}
select {{ key }}
from {{ model }}
group by {{ key }}
having count(*) filter (where is_primary) != 1
{% endtest %}
