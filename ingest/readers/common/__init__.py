"""What several readers share: the Draft, table rows, list items, zipped packages, OOXML, cells, charts, attachments."""
