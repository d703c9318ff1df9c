"""Finds title, authors, publisher, date and language of a report in its lines. Knows no file format.

A wrong value is worse than none, so every rule is strict.

Public: `bylines.find_byline`, `dates` (`address_date`, `is_not_publication`, `machine_date`, `names_a_change`,
`parse_written_date`, `publication_date_in_line`), `masthead` (`repeated_metadata_lines`, `site_header`, `strap_line`),
`merging` (`language_of`, `merge`, `metadata_in_address`, `metadata_in_text`), `names` (`organisation`, `person`,
`unique_names`), `titles` (`is_title_line`, `same_title`).
"""
