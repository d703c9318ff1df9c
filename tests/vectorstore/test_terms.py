from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from vectorstore.terms import snowball_stem

WORDS = [
    f"{a}{b}"
    for a in ("nation", "relat", "organ", "condit", "gener")
    for b in ("al", "ional", "izations", "ing")
]


def test_threads_do_not_mix_their_words_up() -> None:
    snowball_stem.cache_clear()
    alone = [snowball_stem(word, "english") for word in WORDS]
    for _ in range(20):
        snowball_stem.cache_clear()
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(lambda word: snowball_stem(word, "english"), WORDS * 8)) == alone * 8
