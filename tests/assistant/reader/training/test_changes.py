import random

from tiny_reader import PASSAGE, TEXT, question, split

from assistant.reader.training.changes import changed_evidence, exchanged, opposed, other_question, things


def test_figures_days_and_names_are_found_with_their_kind() -> None:
    found = [(TEXT[start:end], kind) for start, end, kind in things(TEXT)]
    assert ("11", "number") in found and ("Monday", "day") in found and ("Lorwa", "name") in found


def test_exchanging_keeps_every_word_and_changes_what_is_said() -> None:
    sentence = "Rebels shot 11 soldiers and 23 policemen."
    other = exchanged(sentence, random.Random(1))
    assert other is not None and other != sentence
    assert sorted(other.strip(".").lower().split()) == sorted(sentence.strip(".").lower().split())


def test_names_that_are_merely_listed_are_not_exchanged() -> None:
    assert exchanged("they met Ali and Omar", random.Random(1)) is None


def test_an_opposed_word_replaces_one_word() -> None:
    assert opposed("It fell before noon.", random.Random(0)) in (
        "It rose before noon.",
        "It fell after noon.",
    )
    assert opposed("Nothing here.", random.Random(0)) is None


def test_a_question_about_another_thing_of_the_passage_has_no_answer() -> None:
    asked = question("How many trucks did the army lose in Lorwa?", 53, 67)
    other = other_question(asked, random.Random(3))
    assert other is not None and other.answers == ()
    assert other.question != asked.question and other.passage is PASSAGE


def test_changed_evidence_no_longer_carries_the_claim() -> None:
    pair = split(1).claims
    for group in changed_evidence(pair, random.Random(0)):
        assert [one.label for one in group.claims] == ["supported", "not"]
        assert group.claims[0].claim == group.claims[1].claim
