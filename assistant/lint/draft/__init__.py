"""The linter's model of a briefing: blocks as read from a file, and the statements and notes made of them.

Public: `blocks.DraftBlock`, `draft` (`draft_of`, `DraftBriefing`, `DraftStatement`), `finding` (`Finding`, `finding`),
`icd203_terms` (`confidences`, `likelihoods`, `possibilities`, `unquoted`), `notes` (`dates_of`, `DraftNote`),
`own_words` (`undated_words`, `wording_faults`), `reported_speech` (`is_sources_own`, `is_verbatim`, `plain_words`),
`sections` (`section_role`, `SectionRole`), `self_reference` (`is_about_itself`, `leaves_open`).
"""
