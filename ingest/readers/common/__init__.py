"""What readers of several formats share: the draft, tables, lists, cells, charts, zipped packages, attachments.

Public: `draft.Draft`, `draft.DraftPart`, `draft.Piece`, `draft.compose`, `draft.joined_line`,
`table_rows.rows_as_parts`,
`table_rows.looks_like_header`, `list_items.list_item`, `list_items.typed_paragraph`, `list_items.numeral`,
`list_items.whole_number`, `zip_package.ZipPackage`, `zip_package.chunks`, `zip_package.is_encrypted`,
`zip_package.parsed_xml`, `ooxml.check_package`, `cells.cell_text`, `charts.chart_parts`, `charts.diagram_lines`,
`properties.stated_properties`, `properties.styled_title`, `attachments.Attachments`, and the rules of `style_names` and
`symbol_fonts`.
"""
