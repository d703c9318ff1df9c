"""Briefings: made from a topic, edited by hand, compared with a later version, and verified against the index.

Public: `editing` (`accept`, `LONGEST`, `move`, `rename`, `reword`, `SectionName`, `SentencePosition`, `strike`),
`pipeline` (`PARAGRAPH`, `stream_drafts`), `updates` (`BriefingChanges`, `compare_briefings`, `filters_of`,
`topic_text`), `verify.verify`.
"""
