"""The dbt project as Python sees it: its manifest, its descriptions and its documentation."""
