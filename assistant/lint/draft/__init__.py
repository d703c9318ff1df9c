"""The linter's model of a briefing: blocks as read from a file, and the statements and notes made of them.

Public: `draft.DraftBriefing`, `draft.DraftStatement`, `draft.draft_of`, `notes.DraftNote`, `blocks.DraftBlock`,
`finding.Finding`; `own_words` and `icd203_terms` also serve the writers of answers and briefings.
"""
