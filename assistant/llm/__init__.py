"""Chat models: how they are built, what they are given to read, and how their sentences are checked before use.

Public: `providers.build_chat_model`, `ModelError`; `context_budget.Context`, `Neighbours`, `count_tokens`, `leading`,
`no_room`; `numbered_passages.defuse`; from `writer` `answer_context`, `stream_answer`, `paragraph_context`,
`write_paragraph`, `write_answer`, `condense_question`.
"""
