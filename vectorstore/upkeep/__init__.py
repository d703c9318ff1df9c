"""Upkeep of an index: health checks, purge, backup and restore, keeping Chroma up to date.

Public: `check_health` (health), `purge`, `plan_purge` and `PurgePlan` (purge), `back_up`, `restore` and `Backup`
(backup), `ChromaKeeper` (chroma_keeper).
"""
