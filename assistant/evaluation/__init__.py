"""Scores on question files, comparisons of two runs, and batches of questions.

Public: `batch.run_batch`, `compare_runs` (`compare_runs`, `read_run`), `evaluate` (`evaluate`, `read_questions`).
"""
