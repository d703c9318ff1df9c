"""Has a chat model write bottom line, key judgements and alternatives from a briefing's facts, and checks each.

The model sees only the cited sentences of the paragraphs, under numbers made for this. The bottom line states facts
and must be supported like any sentence. A key judgement or an alternative goes beyond the facts, so it is shown only if

- it cites at least one of the numbered facts, and states its likelihood in one term of ICD 203's left column;
- every number, date, name and place in it stands in what it cites, and no rule of the support check finds a
  contradiction; that it says more than it cites is allowed;
- the reasons it gives ("because …", "since …") are supported as facts are;
- it shares at least two word stems with its facts;
- the linter's rules on wording find nothing in it.

What fails is left out. A judgement that the sources make themselves is `supported`. Any other is a `note` with
citations, and is marked as the model's own wherever it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import prompts
from assistant.evidence.refusal import REFUSAL
from assistant.grounding import Checker
from assistant.language.words import stems
from assistant.lint.draft.icd203_terms import likelihoods
from assistant.lint.draft.own_words import undated_words, wording_faults
from assistant.llm.context_budget import count_tokens, leading, no_room
from assistant.llm.numbered_passages import defuse
from assistant.llm.writer import write_answer
from assistant.results.annotations import with_report_date
from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import Paragraph
from assistant.results.wording import date_words

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

KEY_JUDGEMENTS = 3  # at most
ALTERNATIVES = 2  # at most
_LEAST_SHARED = 2  # stems that a judgement must share with its facts, so that both are about the same things
# A reason for a judgement runs from one of these words to the end of its clause.
_REASON = re.compile(
    r"\b(?:because|since|given that|now that|as long as|as|after|even though|although|though|while|"
    r"despite the fact that)\s+(?P<said>(?:[^,;:.]|[.,](?=\d))+)",
    re.IGNORECASE,
)
_LEAST_REASON = 4  # words; less, such as "as before", is no reason


@dataclass(frozen=True)
class CitedFact:
    """A cited sentence of a paragraph, as the model is shown it."""

    text: str
    citations: tuple[Citation, ...]


def facts_of(paragraphs: Sequence[Paragraph], citations: Sequence[Citation]) -> list[CitedFact]:
    """The cited and supported sentences of the paragraphs, in order."""
    of_number = {citation.number: citation for citation in citations}
    return [
        CitedFact(sentence.text, tuple(of_number[number] for number in sentence.citations))
        for paragraph in paragraphs
        for sentence in paragraph.sentences
        if sentence.citations and sentence.support in ("verbatim", "supported")
    ]


def write_bottom_line(
    chat: BaseChatModel, topic: str, facts: Sequence[CitedFact], limit: int, checker: Checker, budget: int
) -> list[Sentence]:
    """Have the model write a bottom line; returns at most `limit` supported sentences, perhaps none.

    The model is given as many of the facts, from the first on, as `budget` tokens hold. Raises ModelError if it fails
    or not even one fact fits.
    """
    rules = prompts.fill("bottom_line", limit=limit, refusal=REFUSAL)
    sentences = []
    for text, cited in _ask_model(chat, rules, topic, facts, budget):
        quotes, around = _quotes(cited), _around(cited)
        verdict, dated = checker(text, quotes, around), with_source_date(text, cited)
        if verdict.support != "unsupported" and not wording_faults(text, quotes) and dated is not None:
            sentences.append(Sentence(dated, _numbers(cited), verdict.support, verdict.score))
    return sentences[:limit]


def with_source_date(text: str, cited: Sequence[Citation]) -> str | None:
    """The sentence, with its source's date in brackets if it says "currently" or the like.

    None if it says so and its sources have different dates, because then no date can be given.
    """
    published = {citation.published for citation in cited}
    if len(published) == 1:
        return with_report_date(text, *published)
    return None if undated_words(text) else text


def write_key_judgements(
    chat: BaseChatModel, topic: str, facts: Sequence[CitedFact], checker: Checker, budget: int
) -> list[Sentence]:
    """Have the model write key judgements; returns at most KEY_JUDGEMENTS that pass the checks, perhaps none.

    Facts, `budget` and errors are as in `write_bottom_line`.
    """
    rules = prompts.fill("key_judgements", limit=KEY_JUDGEMENTS, refusal=REFUSAL)
    return _judgements(chat, rules, topic, facts, checker, budget)[:KEY_JUDGEMENTS]


def write_alternatives(
    chat: BaseChatModel,
    topic: str,
    facts: Sequence[CitedFact],
    judgements: Sequence[Sentence],
    checker: Checker,
    budget: int,
) -> list[Sentence]:
    """Have the model write alternatives to its judgements; returns at most ALTERNATIVES that pass and repeat none.

    Facts, `budget` and errors are as in `write_bottom_line`.
    """
    listed = "\n".join(f"- {judgement.text}" for judgement in judgements)
    rules = prompts.fill("alternatives", limit=ALTERNATIVES, refusal=REFUSAL, judgements=listed)
    judgement_texts = {judgement.text for judgement in judgements}
    alternatives = _judgements(chat, rules, topic, facts, checker, budget)
    return [judgement for judgement in alternatives if judgement.text not in judgement_texts][:ALTERNATIVES]


def _judgements(
    chat: BaseChatModel, rules: str, topic: str, facts: Sequence[CitedFact], checker: Checker, budget: int
) -> list[Sentence]:
    """The model's sentences that may be shown as judgements."""
    sentences = []
    for text, cited in _ask_model(chat, rules, topic, facts, budget):
        quotes, around = _quotes(cited), _around(cited)
        if cited and not judgement_faults(text, quotes, around, checker):
            verdict = checker(text, quotes, around)
            # Sources without a likelihood term cannot support a likelihood.
            by_sources = verdict.support != "unsupported" and any(likelihoods(quote) for quote in quotes)
            support = verdict.support if by_sources else "note"
            sentences.append(Sentence(text, _numbers(cited), support, verdict.score))
    return sentences


def judgement_faults(text: str, quotes: Sequence[str], around: str, checker: Checker) -> list[str]:
    """Why a sentence may not be shown as a judgement on these quoted facts; empty if it may.

    `around` is text about the facts (titles, dates) that also counts as support. The criteria stand at the top of
    this module: "A breach is likely." on ["The dyke broke."] has the fault "it does not speak of what it cites".
    """
    faults = wording_faults(text, quotes)
    if not any(term.column == "left" for term in likelihoods(text)):
        faults.append("it does not say how likely it is")
    faults += [f"“{word}” is undated" for word in undated_words(text)]
    verdict = checker(text, quotes, around)
    if verdict.support == "unsupported" and not verdict.only_unsupported_detail:
        faults += verdict.reasons
    shared = set(stems(text)) & set(stems(" ".join(quotes)))
    if len(shared) < _LEAST_SHARED:
        faults.append("it does not speak of what it cites")
    for match in _REASON.finditer(text):
        reason = match["said"].strip()
        if len(reason.split()) < _LEAST_REASON or likelihoods(reason):
            continue
        if checker(reason, quotes, around).support == "unsupported":
            faults.append(f"“{reason}” is not what it cites says")
    return faults


def _ask_model(
    chat: BaseChatModel, rules: str, topic: str, facts: Sequence[CitedFact], budget: int
) -> list[tuple[str, list[Citation]]]:
    """The model's sentences, each with what it cites; numbers that were never issued are ignored.

    Raises ModelError if the model fails, or if `budget` tokens do not hold even one fact.
    """
    lines = [f"[{number}] {_line(fact)}" for number, fact in enumerate(facts, start=1)]
    frame_tokens = count_tokens(rules) + count_tokens(prompts.fill("briefing_facts", facts="", topic=topic))
    fitting = leading(lines, budget - frame_tokens)
    if facts and not fitting:
        raise no_room(frame_tokens, budget)
    facts, fact_lines = facts[:fitting], "\n".join(lines[:fitting])
    answers = []
    for text, cited in write_answer(
        chat, rules, prompts.fill("briefing_facts", facts=fact_lines, topic=topic)
    ):
        if text.rstrip(".") == REFUSAL.rstrip("."):
            break
        spans = [
            span for number in cited if 1 <= number <= len(facts) for span in facts[number - 1].citations
        ]
        answers.append((text, list(dict.fromkeys(spans))))
    return answers


def _line(fact: CitedFact) -> str:
    """A fact as the model sees it: "The dyke broke. (River Wire, 16 May 2022)"."""
    sources = dict.fromkeys(
        f"{citation.publisher or citation.title or citation.source}, {date_words(citation.published)}"
        for citation in fact.citations
    )
    return defuse(f"{fact.text} ({'; '.join(sources)})")


def _quotes(cited: Sequence[Citation]) -> list[str]:
    return [citation.quote for citation in cited]


def _around(cited: Sequence[Citation]) -> str:
    """Title, publisher, date and heading of what is cited, as text for the support check."""
    return "\n\n".join(
        ". ".join(
            part
            for part in (citation.title, citation.publisher, date_words(citation.published), citation.heading)
            if part
        )
        for citation in cited
    )


def _numbers(cited: Sequence[Citation]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(citation.number for citation in cited))
