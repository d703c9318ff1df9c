"""Scores the sentences of retrieved passages for a question, and decides whether they answer it.

Public: `Evidence`, `evidence_for`, `sentences_of`, `is_whole`, `stands_alone`, `Idf`, `query_idf`,
`RefusalVerdict`, `refusal_verdict`, `answerable`, `REFUSAL`, `UNSURE`, `LEAST_CHANCE`, `COMMON`, `select_passages`.
"""
