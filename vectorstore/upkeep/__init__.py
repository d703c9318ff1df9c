"""Health, purge, backup, keeping Chroma up to date."""
