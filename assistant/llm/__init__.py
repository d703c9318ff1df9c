"""Chat models: how they are built, what they are given to read, and how their sentences are checked before use.

Public: `context_budget` (`Context`, `count_tokens`, `leading`, `Neighbours`, `no_room`), `numbered_passages.defuse`,
`providers` (`build_chat_model`, `ModelError`), `writer` (`answer_context`, `condense_question`, `paragraph_context`,
`stream_answer`, `write_answer`, `write_paragraph`).
"""
