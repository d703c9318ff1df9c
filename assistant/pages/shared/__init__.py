"""What pages share: markup, filters, sources, style, adding."""
