"""Rules for text of any format: bytes to characters, cleaning, hard-wrapped lines, sentences, words of dates.

Public: `cleaning` (`clean`, `comparable_words`, `one_line`, `single_spaced`), `date_patterns` (`ANY_MONTH`,
`DATED_MONTH`, `DAY`, `ISO_DAY`, `LONG_YEAR`, `MONTH`, `MONTH_CAPITAL`, `MONTH_NAME`, `month_number`, `MONTH_NUMBERS`,
`MONTHS`, `ORDINAL`, `WRITTEN_DATE`, `YEAR`), `decoding` (`decode`, `looks_binary`), `hard_wraps` (`ITEM_START`,
`logical_lines`, `TABLE_ROW`), `sentences.sentences`.
"""
