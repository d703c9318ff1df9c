"""The values that leave the desk (answers, briefings, chronologies, citations) and their wording.

Public: `annotations` (`foreign_attribution`, `has_report_date`, `with_antecedent`, `with_attribution`,
`with_injection_label`, `with_report_date`, `without_annotations`), `answer` (`Answer`, `Citation`, `CitationList`,
`escape_markers`, `Sentence`, `Support`), `authorship` (`judgement_words`, `prose_words`), `briefing` (`Briefing`,
`BriefingLength`, `Chronology`, `Confidence`, `ConfidenceLevel`, `Conflict`, `Echo`, `Event`, `NO_SOURCES`,
`Paragraph`, `Side`, `SourceSummary`), `event_table` (`cell`, `columns`, `WHAT_HAPPENED`), `excerpt.excerpt`,
`handling.handling_marking`, `numbering.renumber_citations`, `saved_briefing` (`NotABriefing`, `read_briefing`),
`spans` (`best_span`, `resolve_citations`, `split_markers`, `trim_span`), `timeline` (`Timeline`, `timeline`,
`TimelineMark`, `TimelineTick`), `wording` (`count_words`, `date_words`, `ELLIPSIS`, `kind_words`, `LONGEST_ROW`,
`moment_words`, `place_words`, `shorten`, `source_name`, `writer_words`).
"""
