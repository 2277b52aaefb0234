"""Stand-ins for what dbt defines and sqlfluff's own imitation of dbt lacks.

sqlfluff renders a model before it reads the SQL. It needs no true values for that, only ones that leave valid SQL
behind. Whether a template is right, `dbt parse` tells.
"""

from types import SimpleNamespace

execute = False
target = SimpleNamespace(name="dev", type="duckdb", schema="main", database="ip_plans")


def env_var(name: str, default: str = "") -> str:
    """Return the default, or the name where there is none, so that a quoted value is never empty."""
    return default or name
