"""Who, when, what title, which publisher: read from the text's own lines. Knows no format."""
