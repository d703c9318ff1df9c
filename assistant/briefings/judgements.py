"""What a chat model makes of a briefing's facts: a bottom line, key judgements, alternatives considered.

It is shown the cited sentences of the paragraphs under numbers made for this, and nothing else. The bottom line
states facts and must be supported like any sentence. A key judgement or an alternative goes beyond the facts, since
that is what a judgement does; so it is shown only where

- it cites at least one of the numbered facts, and says how likely it is in one term of the left column of ICD 203;
- every number, date, name and place in it stands in what it cites, and no rule of the support check finds that it
  contradicts what it cites: that it says more is the one thing it may do;
- the reasons it gives ("because …", "since …") are supported as facts are;
- it speaks of the things that its facts speak of;
- the linter's rules on wording find nothing in it.

What fails is left out. A judgement that the check finds in the sources' words is `supported`; one beyond them is a
`note` with citations: the model's own, resting on cited facts, and so marked where it is shown.
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
_LEAST_SHARED = 2  # stems that a judgement must share with its facts: it speaks of the same things
# Where a reason for a judgement begins and, at the latest, ends.
_REASON = re.compile(
    r"\b(?:because|since|given that|now that|as long as|as|after|even though|although|though|while|"
    r"despite the fact that)\s+(?P<said>(?:[^,;:.]|[.,](?=\d))+)",
    re.IGNORECASE,
)
_LEAST_REASON = 4  # words: "as before" gives none


@dataclass(frozen=True)
class CitedFact:
    """A cited sentence of a paragraph, as the model is shown it."""

    text: str
    citations: tuple[Citation, ...]


def facts_of(paragraphs: Sequence[Paragraph], citations: Sequence[Citation]) -> list[CitedFact]:
    of_number = {one.number: one for one in citations}
    return [
        CitedFact(one.text, tuple(of_number[number] for number in one.citations))
        for paragraph in paragraphs
        for one in paragraph.sentences
        if one.citations and one.support in ("verbatim", "supported")
    ]


def write_bottom_line(
    chat: BaseChatModel, topic: str, facts: Sequence[CitedFact], limit: int, checker: Checker, budget: int
) -> list[Sentence]:
    """At most `limit` supported sentences; none where no sentence of the model's is.

    As in the other two the model is given the first of the facts, as many as `budget` tokens hold. Raises ModelError.
    """
    rules = prompts.fill("bottom_line", limit=limit, refusal=REFUSAL)
    kept = []
    for text, cited in _answered(chat, rules, topic, facts, budget):
        quotes, around = _quotes(cited), _around(cited)
        verdict, told = checker(text, quotes, around), with_sources_date(text, cited)
        if verdict.support != "unsupported" and not wording_faults(text, quotes) and told is not None:
            kept.append(Sentence(told, _numbers(cited), verdict.support, verdict.score))
    return kept[:limit]


def with_sources_date(text: str, cited: Sequence[Citation]) -> str | None:
    """A sentence with the date of its source where it says "currently"; None where its sources have several."""
    published = {one.published for one in cited}
    if len(published) == 1:
        return with_report_date(text, *published)
    return None if undated_words(text) else text


def write_key_judgements(
    chat: BaseChatModel, topic: str, facts: Sequence[CitedFact], checker: Checker, budget: int
) -> list[Sentence]:
    """At most KEY_JUDGEMENTS sentences that pass; none where none does. Raises ModelError."""
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
    """At most ALTERNATIVES sentences that pass and repeat no judgement; none where none does. Raises ModelError."""
    shown = "\n".join(f"- {one.text}" for one in judgements)
    rules = prompts.fill("alternatives", limit=ALTERNATIVES, refusal=REFUSAL, judgements=shown)
    known = {one.text for one in judgements}
    found = _judgements(chat, rules, topic, facts, checker, budget)
    return [one for one in found if one.text not in known][:ALTERNATIVES]


def _judgements(
    chat: BaseChatModel, rules: str, topic: str, facts: Sequence[CitedFact], checker: Checker, budget: int
) -> list[Sentence]:
    kept = []
    for text, cited in _answered(chat, rules, topic, facts, budget):
        quotes, around = _quotes(cited), _around(cited)
        if cited and not judgement_faults(text, quotes, around, checker):
            verdict = checker(text, quotes, around)
            # Where the sources do not say how likely it is, that it is likely is not supported by them.
            theirs = verdict.support != "unsupported" and any(likelihoods(quote) for quote in quotes)
            kept.append(Sentence(text, _numbers(cited), verdict.support if theirs else "note", verdict.score))
    return kept


def judgement_faults(text: str, quotes: Sequence[str], around: str, checker: Checker) -> list[str]:
    """Why a sentence may not be shown as a judgement on these quoted facts, in words: see the top of this module."""
    faults = wording_faults(text, quotes)
    if not any(term.column == "left" for term in likelihoods(text)):
        faults.append("it does not say how likely it is")
    faults += [f"“{word}” is undated" for word in undated_words(text)]
    verdict = checker(text, quotes, around)
    if verdict.support == "unsupported" and not verdict.only_says_more:
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


def _answered(
    chat: BaseChatModel, rules: str, topic: str, facts: Sequence[CitedFact], budget: int
) -> list[tuple[str, list[Citation]]]:
    """The model's sentences with what they cite; numbers that were never issued count for nothing."""
    lines = [f"[{number}] {_line(fact)}" for number, fact in enumerate(facts, start=1)]
    taken = count_tokens(rules) + count_tokens(prompts.fill("briefing_facts", facts="", topic=topic))
    fitting = leading(lines, budget - taken)
    if facts and not fitting:
        raise no_room(taken, budget)
    facts, shown = facts[:fitting], "\n".join(lines[:fitting])
    found = []
    for text, cited in write_answer(chat, rules, prompts.fill("briefing_facts", facts=shown, topic=topic)):
        if text.rstrip(".") == REFUSAL.rstrip("."):
            break
        spans = [
            span for number in cited if 1 <= number <= len(facts) for span in facts[number - 1].citations
        ]
        found.append((text, list(dict.fromkeys(spans))))
    return found


def _line(fact: CitedFact) -> str:
    sources = dict.fromkeys(
        f"{one.publisher or one.title or one.source}, {date_words(one.published)}" for one in fact.citations
    )
    return defuse(f"{fact.text} ({'; '.join(sources)})")


def _quotes(cited: Sequence[Citation]) -> list[str]:
    return [one.quote for one in cited]


def _around(cited: Sequence[Citation]) -> str:
    """Who published what is cited, and when."""
    return "\n\n".join(
        ". ".join(part for part in (one.title, one.publisher, date_words(one.published), one.heading) if part)
        for one in cited
    )


def _numbers(cited: Sequence[Citation]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.number for one in cited))
