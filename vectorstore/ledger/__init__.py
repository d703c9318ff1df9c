"""SQLite, the truth: schema, documents, versions, originals, conversations, what is redacted."""
