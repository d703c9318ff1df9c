"""Where two reports disagree: figures, statements, accounts of an event."""
