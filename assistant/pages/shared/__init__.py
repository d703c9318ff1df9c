"""What several pages use: safe text and markup, filters, the source dialog, adding reports, the sidebar, the style.

Public: `adding` (`empty_library_line`, `first_steps`, `sample_button`, `show`), `common` (`citation_at`, `confirmed`,
`desk`, `errors_as_messages`, `escape`, `keep_address`, `label`, `page`, `set_pages`, `show`), `components`
(`follow_pointer`, `listen`, `stand_at_question`), `date_input` (`EXAMPLE`, `HELP`, `published`, `shown`, `typed`),
`filters` (`choose`, `from_json`, `left_out`, `set_fields`, `to_json`, `words`), `jobs.show`, `markup` (`answer`,
`dates_in_words`, `endnote`, `facts`, `marker`, `nearest`, `passage`, `report_date_in_words`, `sentence`, `sentences`,
`small`, `sources`, `support_line`), `sidebar.show`, `source` (`download`, `grade_words`, `show`),
`streaming.with_ticks`, `style.style`.
"""
