"""What a text says by rules alone, without reports or an index: words, names, numbers, dates, countries, opposites.

Public, by module: `words` (`stem`, `stems`, `numbers`, `names`, `needs_previous_sentence`, `is_about_report_itself`,
`UNITS`, `small_number`), `tokens` (`tokenize`, `closest`, `Token`, `TokenizedText`), `quantities` (`quantities`,
`Quantity`), `date_expressions` (`date_expressions`, `date_of`, `DateExpression`), `dates` (`dates_in`,
`stated_dates`, `DateMention`), `date_resolution` (`event_dates`, `DateContext`), `relative_dates` (`relative_words`,
`depends_on_report_date`), `clauses` (`clauses`, `Clause`, `Verb`, `EDGE`), `noun_phrases` (`noun_phrases`),
`negation` (`denies`, `opposites_of_question`), `antonyms` (`claim_sides`, `question_sides`, `report_axes`),
`synonyms` (`canonical_stem`), `prompt_injection` (`is_injection`), and the country names of `countries`.
"""
