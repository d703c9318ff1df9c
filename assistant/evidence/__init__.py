"""Scores the sentences of retrieved passages for a question, and decides whether they answer it.

Public: `answerability.COMMON`, `idf.query_idf`, `refusal` (`answerable`, `LEAST_SCORE`, `REFUSAL`, `refusal_verdict`,
`RefusalVerdict`, `UNSURE`), `scoring` (`Evidence`, `evidence_for`, `is_whole`, `sentences_of`,
`stands_alone`), `selection.select_passages`.
"""
