"""The values that leave the desk (answers, briefings, chronologies, citations) and their wording.

Public, by module: `answer` (`Answer`, `Sentence`, `Citation`, `CitationList`, `Support`, `escape_markers`), `briefing`
(`Briefing`, `BriefingLength`, `Paragraph`, `Confidence`, `ConfidenceLevel`, `Event`, `Chronology`, `Side`, `Conflict`,
`Echo`, `SourceSummary`, `NO_SOURCES`), `saved_briefing` (`read_briefing`, `NotABriefing`), `annotations` (the `with_…`
and `without_…` functions, `is_dated_beside`, `of_another_report`, `LABEL`), `spans` (`split_markers`,
`resolve_citations`, `best_span`, `trim_span`), `numbering` (`renumber_citations`), `excerpt` (`excerpt`), `event_table`
(`columns`, `cell`, `WHAT`), `timeline` (`timeline` and its classes), `handling` (`handling_marking`), `authorship`
(`prose_words`, `judgement_words`), `wording` (`date_words` and the other `…_words`, `source_name`, `shorten`).
"""
