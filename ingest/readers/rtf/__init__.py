"""RTF: tokens, fonts, blocks, Outlook's compressed form."""
