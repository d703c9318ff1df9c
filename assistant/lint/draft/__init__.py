"""A briefing as a rule sees it: blocks, notes, statements, ICD 203 terms."""
