"""What a question or topic asks: its terms, expected answer, time, parts, instructions, and what it leaves open.

Public: `ambiguity` (`names_no_subject`, `underspecified_reference`), `answer_types` (`ANSWER_TYPE_WORDS`,
`AnswerType`, `asks_for_several`, `contains_type`, `expected_answer_type`), `decomposition` (`is_comparison`,
`sub_questions`), `follow_ups` (`standalone_question`, `StandaloneQuestion`), `instructions` (`AnswerLength`,
`Instructions`, `instructions_in`), `question` (`parse`, `Question`), `times` (`NEAR_TIME_WEIGHT`, `time_weight`,
`time_window`), `topics` (`MOST_HEADINGS`, `Topic`, `topic_of`).
"""
