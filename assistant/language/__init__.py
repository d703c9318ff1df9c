"""What a text says by rules alone, without reports or an index: words, names, numbers, dates, countries, opposites.

Public: `antonyms` (`claim_sides`, `report_axes`), `clauses` (`Clause`, `clauses`, `PERIOD_EDGE`, `Verb`), `countries`
(`countries`, `country`, `country_aliases`, `country_mentions`, `country_of_place`, `is_adjective`, `is_capital`,
`is_country`, `UNITED_NATIONS`, `unmatched`), `date_expressions` (`date_expressions`, `date_of`, `DateExpression`),
`date_resolution` (`DateContext`, `event_dates`), `dates` (`DateMention`, `dates_in`, `lacks_year`), `negation`
(`denies`, `opposites_of_question`), `noun_phrases.noun_phrases`, `prompt_injection.is_injection`, `quantities`
(`quantities`, `Quantity`), `relative_dates` (`depends_on_report_date`, `relative_words`), `synonyms.canonical_stem`,
`tokens` (`closest`, `Token`, `tokenize`, `TokenizedText`), `words` (`is_about_report_itself`, `names`,
`needs_previous_sentence`, `numbers`, `stem`, `stems`, `UNITS`).
"""
