from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from vectorstore.terms import fold, fold_to_words, snowball_stem, terms

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


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who led the mission in 2.5 years?", ["led", "mission", "2.5", "years"]),
        ("Who is it?", ["who", "is", "it"]),  # nothing but stop words
        ("gold Gold GOLD", ["gold"]),
        ("al-Qa'ida_net", ["al", "qa", "ida", "net"]),
        ("1,200 men", ["1,200", "men"]),
        ("?!", []),
    ],
)
def test_terms_are_the_words_that_carry_meaning(question: str, words: list[str]) -> None:
    assert terms(question) == words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ménaka’s ex-Mayor", "menaka's ex mayor"),
        ("SÉGOU", "segou"),
        ("Straße", "strasse"),
        ("1990–1995", "1990 1995"),  # a dash between years
        ("‘quoted’", "'quoted'"),
        ("北京", "北京"),
        ("بَاب", "باب"),  # vowel marks
    ],
)
def test_folded_texts_are_equal_whatever_their_accents_hyphens_and_quotes(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folded_words_stand_one_space_apart_without_punctuation() -> None:
    assert fold_to_words("Al-Qa'ida!") == "al qa ida"
    assert fold_to_words(" – ") == ""


def test_a_stem_is_shared_by_the_forms_of_a_word() -> None:
    assert {snowball_stem(word, "english") for word in ("condition", "conditions", "conditional")} == {
        "condit"
    }
