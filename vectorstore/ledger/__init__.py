"""The SQLite ledger, the single source of truth: documents and their versions, original files, conversations.

Public: `attachments` (`attachments_of`, `brought_identities`, `hide_attachments_except`, `origins`, `record_brought`,
`remove`), `catalogue` (`corrections`, `document_id`, `find_live`, `find_same`, `generation_text`, `identity_of`,
`MAILS`, `MEMBER_SEPARATOR`, `record`, `records`, `text_hash`), `database` (`BUSY_MS`, `LEDGER`, `Ledger`, `now`,
`unwritable`), `history` (`Conversation`, `History`, `SavedBriefing`, `Turn`), `near_duplicates.shingles`, `originals`
(`needed_originals`, `Originals`, `queued_originals`, `StoredOriginal`), `redaction.redact`, `saved_sentences`
(`saved_sentences`, `SavedSentence`), `schema.VERSION`, `versions` (`copy_generation`, `go_live`, `grade`,
`NewVersion`, `rebuild_fulltext`, `store_corrections`, `title_after`).
"""
