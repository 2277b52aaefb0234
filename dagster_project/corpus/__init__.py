"""Files in: the folder of a plan becomes rows for dbt, or a refusal with its remedy."""
