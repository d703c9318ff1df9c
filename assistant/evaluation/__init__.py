"""Scores on question files, comparisons of two runs, and batches of questions.

Public: `evaluate`, `rows_of`, `EvalRow`, `contains_key`, `read_run`, `compare_runs`, `run_batch`.
"""
