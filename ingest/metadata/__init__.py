"""Finds title, authors, publisher, date and language of a report in its lines. Knows no file format.

A wrong value is worse than none, so every rule is strict.

Public: `bylines.find_byline`, `dates.parse_written_date`, `dates.machine_date`, `dates.stated_date`,
`dates.names_a_change`, `dates.names_a_period`, `masthead.strap_line`, `masthead.site_header`,
`masthead.restated_title`, `merging.merge`, `merging.metadata_in_text`, `merging.from_address`, `merging.language_of`,
`names.person`, `names.people`, `names.organisation`, `names.unique_names`, `titles.same_title`.
"""
