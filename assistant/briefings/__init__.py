"""Briefings: made from a topic, edited by hand, compared with a later version, and verified against the index.

Public: `pipeline.drafts`, `PARAGRAPH`; `verify.verify`; `updates.compare_briefings`, `BriefingChanges`,
`SentenceChange`, `topic_text`, `filters_of`; `editing.accept`, `strike`, `reword`, `rename`, `move`.
"""
