"""All that knows Dagster: assets, checks and the job, each a thin cover of a function that does not."""
