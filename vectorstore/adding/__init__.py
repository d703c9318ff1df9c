"""Sources in: intake, prefetching, pipeline, job queue and its worker."""
