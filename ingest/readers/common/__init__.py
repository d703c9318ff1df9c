"""What readers of several formats share: the draft, tables, lists, cells, charts, zipped packages, attachments.

Public: `attachments` (`Attachments`, `file_name`, `is_decoration`, `is_for_machines`), `cells.cell_text`, `charts`
(`chart_parts`, `diagram_lines`), `draft` (`compose`, `Draft`, `DraftPart`, `joined_line`, `Piece`), `list_items`
(`BULLET`, `list_item`, `numeral`, `typed_paragraph`, `whole_number`), `ooxml` (`check_package`, `COMPATIBILITY`,
`DIAGRAM`, `DRAWING`, `MAIN_PARTS`, `MATH`), `properties` (`stated_authors`, `stated_properties`, `stated_tags`,
`styled_title`), `style_names` (`heading_level`, `is_furniture_style`, `level_of_outline`), `symbol_fonts`
(`character_of_code`, `is_private`, `is_symbol_font`, `symbol_character`), `table_rows` (`looks_like_header`,
`rows_as_parts`), `zip_package` (`is_encrypted`, `member_chunks`, `parsed_xml`, `ZipPackage`).
"""
