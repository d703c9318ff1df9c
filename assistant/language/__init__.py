"""What a text says by rules alone: words, numbers, dates, countries. Knows no report and no index."""
