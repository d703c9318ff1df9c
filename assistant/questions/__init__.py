"""What a question or topic asks: its terms, expected answer, time, parts, instructions, and what it leaves open.

Public, by module: `question` (`parse`, `Question`, `LONGEST`), `answer_types` (`AnswerType`, `expected_answer_type`,
`contains_type`, `asks_for_several`, `IN_WORDS`), `times` (`time_asked`, `time_weight`, `time_window`, `NEARLY`),
`follow_ups` (`standalone_question`, `make_standalone`, `StandaloneQuestion`), `instructions` (`Instructions`,
`instructions_in`, `length_asked`, `AnswerLength`), `decomposition` (`sub_questions`, `is_comparison`), `ambiguity`
(`names_no_subject`, `underspecified_reference`), `topics` (`topic_of`, `Topic`, `MOST_HEADINGS`).
"""
