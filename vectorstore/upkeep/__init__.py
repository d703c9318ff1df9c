"""Upkeep of an index: health checks, purge, backup and restore, keeping Chroma up to date.

Public: `backup` (`back_up`, `Backup`, `restore`), `chroma_keeper.ChromaKeeper`, `health.check_health`, `purge`
(`plan_purge`, `purge`, `PurgePlan`).
"""
