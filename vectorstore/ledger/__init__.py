"""The SQLite ledger, the single source of truth: documents and their versions, original files, conversations.

Public: `Ledger` (database), `catalogue`, `versions`, `attachments`, `Originals` and `StoredOriginal` (originals),
`shingles` (near_duplicates), `History`, `Conversation`, `Turn` and `SavedBriefing` (history), `SavedSentence`
(saved_sentences), `redact` (redaction).
"""
