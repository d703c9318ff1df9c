"""Key judgements and alternatives of a chat model: shown only where they rest on cited facts and are worded right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from openai_server import chat_server, in_pieces

from assistant import Assistant, Briefing
from assistant.briefings.judgements import judgement_faults
from assistant.evidence.refusal import REFUSAL
from assistant.export import render
from assistant.grounding import Checker
from vectorstore.ledger.redaction import REDACTED, redact

COUNT = "The Courier counted 43 raids by the Red Hand on the Kolda road in 2022, up from 19 raids in 2021."
NOON = "The army closed the barracks at Kolda in December 2022."
REPORT = f"""Raids on the Kolda road

River Wire, 3 January 2023

{COUNT} Most raids hit lorries that carry rice to the market of Kolda.

{NOON} Traders on the Kolda road have paid for guards of their own since the raids of 2021.

Rice became dear in Kolda after the raids: a sack cost 31,000 francs in December 2022.
"""

Script = Callable[[list[dict[str, str]]], list[str] | int]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("raids")
    (folder / "raids.txt").write_text(REPORT, "utf8")
    with Assistant.open(folder / "data") as opened:
        opened.add([str(folder / "raids.txt")])
        yield opened


def asked_for(messages: list[dict[str, str]]) -> str:
    rules = messages[0]["content"]
    found = re.search(r"the (bottom line|key judgements|alternatives considered)|one paragraph", rules)
    assert found
    return found[1] or "paragraph"


def fact(messages: list[dict[str, str]], words: str) -> int:
    """The number under which the model is shown the fact with these words."""
    line = next(one for one in messages[-1]["content"].splitlines() if words in one)
    return int(line[1 : line.index("]")])


def script_of(
    judgements: str, alternatives: str = REFUSAL, bottom_line: str = REFUSAL, paragraph: str = REFUSAL
) -> Script:
    """A model that says these, <words> standing for the number of the fact with those words."""

    def script(messages: list[dict[str, str]]) -> list[str] | int:
        said = {
            "paragraph": paragraph,
            "bottom line": bottom_line,
            "key judgements": judgements,
            "alternatives considered": alternatives,
        }[asked_for(messages)]
        return in_pieces(re.sub(r"<([^>]+)>", lambda found: f"[{fact(messages, found[1])}]", said))

    return script


def brief(desk: Assistant, script: Script) -> Briefing:
    with chat_server(script) as server:
        desk.workspace.settings = desk.settings.model_copy(
            update={"model": "stand-in", "model_base_url": server.url}
        )
        return desk.brief("Raids on the Kolda road", length="short")


SOUND = "It is very likely that the Red Hand will go on with its raids on the Kolda road. <43 raids>"
OTHER = "It is unlikely that the raids on the Kolda road end, even with the guards of the traders. <43 raids>"


def test_a_judgement_that_rests_on_cited_facts_is_shown_as_the_model_s_own(desk: Assistant) -> None:
    made = brief(desk, script_of(SOUND))
    (one,) = made.key_judgements
    assert one.text.startswith("It is very likely that the Red Hand") and one.support == "note"
    assert [made.citations[number - 1].quote for number in one.citations] == [COUNT]
    assert made.model == "stand-in" and not made.refused


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("It is likely that the Red Hand will go on with its raids on the Kolda road.", "without a fact"),
        ("It is likely that the Red Hand will raid the Kolda road. [99]", "a number never issued"),
        ("The Red Hand will go on with its raids on the Kolda road. <43 raids>", "no term"),
        ("It is probable that the Red Hand will raid the Kolda road again. <43 raids>", "the other column"),
        ("With high confidence, raids on the Kolda road are likely. <43 raids>", "confidence beside likelihood"),
        ("The Red Hand may go on and raids are likely on the Kolda road. <43 raids>", "a bare may"),
        ("It is likely that 90 raids hit the Kolda road. <43 raids>", "a figure of its own"),
        ("It is likely that the Blue Lance will raid the Kolda road. <43 raids>", "a name of its own"),
        ("It is likely that the Red Hand will raid the Kolda road in May 2024. <43 raids>", "a date of its own"),
        ("It is likely that the Red Hand will raid the Kolda road, because the bridge has fallen. <43 raids>",
         "a reason of its own"),
        ("It is likely that the harvest of onions is good. <43 raids>", "another subject"),
    ],
)  # fmt: skip
def test_a_judgement_that_fails_does_not_appear(desk: Assistant, sentence: str, fault: str) -> None:
    made = brief(desk, script_of(f"{sentence}\n{SOUND}"))
    assert [one.text for one in made.key_judgements] == [SOUND.split(" <")[0]], fault


def test_alternatives_are_asked_for_with_the_judgements_and_checked_like_them(desk: Assistant) -> None:
    shown: list[str] = []
    script = script_of(SOUND, f"{OTHER}\nIt is likely that Niger attacks. <43 raids>")

    def listening(messages: list[dict[str, str]]) -> list[str] | int:
        if asked_for(messages) == "alternatives considered":
            shown.append(messages[0]["content"])
        return script(messages)

    made = brief(desk, listening)
    assert [one.text for one in made.alternatives] == [OTHER.split(" <")[0]]
    assert SOUND.split(" <")[0] in shown[0]


def test_without_a_judgement_no_alternative_is_asked_for_and_it_is_said(desk: Assistant) -> None:
    made = brief(desk, script_of("It is likely that Niger attacks. [1]", OTHER))
    assert made.key_judgements == () == made.alternatives
    assert made.notice and "no key judgement" in made.notice


@pytest.mark.parametrize("answer", [500, [], ["on and on, "] * 900, ["Raids! "] * 40])
def test_a_model_that_fails_at_its_judgements_leaves_a_whole_briefing(
    desk: Assistant, answer: list[str] | int
) -> None:
    sound = script_of(SOUND)
    made = brief(
        desk, lambda messages: answer if asked_for(messages) == "key judgements" else sound(messages)
    )
    assert made.key_judgements == () and made.paragraphs and made.bottom_line
    assert made.notice and "without key judgements and alternatives" in made.notice
    assert desk.verify(made.to_json())["ok"]


def test_the_extractive_writer_judges_nothing(desk: Assistant) -> None:
    made = desk.brief("Raids on the Kolda road", length="short", model="extractive")
    assert made.key_judgements == () == made.alternatives


def test_the_bottom_line_is_the_model_s_where_its_facts_carry_it(desk: Assistant) -> None:
    made = brief(
        desk, script_of(SOUND, bottom_line="In 2022 the Courier counted 43 raids by the Red Hand. <43 raids>")
    )
    assert [one.text for one in made.bottom_line] == ["In 2022 the Courier counted 43 raids by the Red Hand."]
    wrong = brief(desk, script_of(SOUND, bottom_line="In 2022 the Courier counted 88 raids. <43 raids>"))
    assert "88 raids" not in str(wrong.to_json()) and wrong.bottom_line[0].support == "verbatim"


def test_a_paragraph_s_sentence_that_is_worded_wrong_is_cut(desk: Assistant) -> None:
    bare = "The Red Hand could have made 43 raids on the Kolda road in 2022. [1]"
    made = brief(desk, script_of(SOUND, paragraph=bare))
    assert not any("could" in one.text for paragraph in made.paragraphs for one in paragraph.sentences)


def test_numbers_follow_the_order_of_reading_and_every_citation_is_used(desk: Assistant) -> None:
    made = brief(desk, script_of(SOUND, OTHER))
    first_used: list[int] = []
    sentences = [*made.bottom_line, *made.key_judgements, *made.alternatives]
    sentences += [one for paragraph in made.paragraphs for one in paragraph.sentences]
    for one in sentences:
        first_used += [number for number in one.citations if number not in first_used]
    assert first_used == sorted(first_used)
    assert desk.verify(made.to_json()) == {"ok": True, "problems": []}


def test_every_format_shows_the_judgements_and_who_wrote_what_and_lints_clean(desk: Assistant) -> None:
    made = brief(desk, script_of(SOUND, OTHER))
    shown = render(made, "md").decode()
    assert (
        shown.index("**Bottom line.**")
        < shown.index("## Key judgements")
        < shown.index("## Alternatives considered")
    )
    assert "Written by stand-in: the facts they cite are checked" in shown
    for format in ("md", "html", "docx", "json"):
        report = desk.lint(render(made, format), f"raids.{format}")
        assert report.findings == (), format
    assert render(made, "pdf").startswith(b"%PDF")
    assert Briefing.from_json(made.to_json()).key_judgements == made.key_judgements


def test_verify_finds_a_judgement_that_was_altered(desk: Assistant) -> None:
    saved = brief(desk, script_of(SOUND, OTHER)).to_json()
    saved["key_judgements"][0]["text"] = "It is very likely that the Red Hand will raid Dakar 70 times."
    saved["alternatives"][0]["citations"] = []
    told = "\n".join(f"{one['where']}: {one['message']}" for one in desk.verify(saved)["problems"])
    assert "key judgements 1: is no judgement on cited facts" in told and "Dakar" in told
    assert "alternatives 1: is no judgement on cited facts: cites nothing" in told


def test_a_judgement_goes_with_the_source_that_is_purged(desk: Assistant) -> None:
    saved = brief(desk, script_of(SOUND)).to_json()
    assert redact(saved, {one["generation"] for one in saved["citations"]})
    assert [one["text"] for one in saved["key_judgements"]] == [REDACTED]


def test_the_opposite_of_what_the_source_judges_is_no_judgement_on_it() -> None:
    quote = "The institute considers it unlikely that the barracks at Kolda will open again."
    assert judgement_faults(
        "It is likely that the barracks at Kolda will open again.", [quote], "", Checker()
    )
    assert not judgement_faults(
        "It is unlikely that the barracks at Kolda open again.", [quote], "", Checker()
    )
