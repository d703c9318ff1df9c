"""Rules for text of any format: bytes to characters, cleaning, hard-wrapped lines, sentences, words of dates.

Public: `cleaning.clean`, `cleaning.one_line`, `cleaning.single_spaced`, `cleaning.bare_words`, `decoding.decode`,
`decoding.looks_binary`, `hard_wraps.logical_lines`, `hard_wraps.ITEM_START`, `hard_wraps.ROW`, `sentences.sentences`,
and the patterns of `date_patterns`.
"""
