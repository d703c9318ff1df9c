"""Turns that ask nothing new but say how to answer: "shorter", "only from ACCORD", "as of 2021"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.language.date_expressions import date_of
from vectorstore import Filters
from vectorstore.terms import fold

AnswerLength = Literal["short", "standard", "long"]

_POLITE = re.compile(
    r"^(?:(?:and|but|ok|okay|now|please|then|so|again|the same|same question|that|it|make|keep|give|say|show|tell|"
    r"answer|can|could|you|me|this|be|a|an|the|bit|much|even|little|with|use|using|reports?|sources?|documents?|"
    r"published)\b[\s,:]*)+",
)
_SHORT = re.compile(
    r"(?:shorter|short|briefer|brief|briefly|in short|in brief|more briefly|in (?:one|a) sentence|one sentence|"
    r"summari[sz]e|too long|less|more concise|concise)(?: (?:it|that|answer|please))*"
)
_LONG = re.compile(
    r"(?:longer|long|more|more details?|details|in (?:(?:more|full|great|greater) )?detail|tell me more|elaborate|"
    r"expand|at length|(?:list )?(?:them )?all(?: of them)?|everything|go on|continue|too short)"
    r"(?: (?:it|that|answer|please|about it|on that|on this))*"
)
_ONLY = re.compile(
    r"(?:only|just|solely|exclusively) "
    r"(?:(?:reports?|sources?|documents?|from|by|in|per|use|using|with|what|according to) )*(?P<a>.+?)(?: says?)?|"
    r"according to (?P<b>.+?)(?: only)?|(?:from|by|in) (?P<c>.+?) (?:only|alone)"
)
_AS_OF = re.compile(r"(?:only )?(?:as of|as at|up to|until|till|no later than|by the end of) (?P<date>.+?)")
_SINCE = re.compile(
    r"(?:only )?(?:since|from|after|no earlier than) (?:the (?:start|beginning) of )?(?P<date>.+?)"
    r"(?: on| onwards?)?"
)
# Words within a question that ask for a length and are cut out of it.
_WITHIN: tuple[tuple[AnswerLength, re.Pattern[str]], ...] = (
    (
        "long",
        re.compile(
            r",?\s*\b(?:in (?:(?:more|full|great|greater) )?detail|at length|as fully as possible)\b", re.I
        ),
    ),
    (
        "short",
        re.compile(
            r"^(?:briefly|in short|in brief)[,:]?\s+|,?\s*\b(?:briefly|in (?:one|a) sentence)\b", re.I
        ),
    ),
)
_LISTS = re.compile(r"^(?:please )?(?:list|name|enumerate|give)\b.*\b(?:all|every|each)\b|^list\b", re.I)


@dataclass(frozen=True)
class Instructions:
    """How to answer; None or empty for what was not said."""

    length: AnswerLength | None = None
    as_of: str | None = None  # YYYY, YYYY-MM or YYYY-MM-DD: only reports published up to then
    since: str | None = None  # YYYY, YYYY-MM or YYYY-MM-DD: only reports published from then on
    publishers: tuple[str, ...] = ()  # only reports of these
    unknown_publishers: tuple[str, ...] = ()  # those of `publishers` that the index has no report of

    def then(self, later: Instructions) -> Instructions:
        """These instructions, overridden by what a later turn said.

        >>> Instructions(length="short", since="2020").then(Instructions(length="long"))
        Instructions(length='long', as_of=None, since='2020', publishers=(), unknown_publishers=())
        """
        changes = {name: value for name, value in vars(later).items() if value}
        if later.publishers:
            changes["unknown_publishers"] = later.unknown_publishers
        return replace(self, **changes)

    def narrowed(self, filters: Filters) -> Filters:
        """The filters of the request, overridden by these instructions."""
        return replace(
            filters,
            as_of=self.as_of or filters.as_of,
            since=self.since or filters.since,
            publishers=self.publishers or filters.publishers,
        )

    @property
    def in_words(self) -> str:
        """What was understood, or "" if nothing was said.

        >>> Instructions(length="short", as_of="2021", publishers=("ACCORD",)).in_words
        'only from ACCORD, as of 2021, shorter'
        """
        parts = [f"only from {' or '.join(self.publishers)}"] if self.publishers else []
        parts += [f"as of {self.as_of}"] if self.as_of else []
        parts += [f"since {self.since}"] if self.since else []
        parts += {"short": ["shorter"], "long": ["longer"]}.get(self.length or "", [])
        return ", ".join(parts)


def instructions_in(turn: str, publishers: Sequence[str]) -> Instructions | None:
    """The instructions of a turn; None if any part of it asks something else.

    `publishers` are those of the index. A publisher is recognised by its name or whole words of it: "ISS" for "ISS
    Today". If several match, all are meant.

    >>> instructions_in("Only from ACCORD, and shorter", ["ACCORD"]).in_words
    'only from ACCORD, shorter'
    >>> instructions_in("What happened in Kayes since 2020?", ["ACCORD"]) is None
    True
    """
    result = Instructions()
    clauses = [
        clause for clause in re.split(r"[;.!?]|, (?:and |but )?| and | but ", turn.strip()) if clause.strip()
    ]
    if not clauses:
        return None
    for clause in clauses:
        instructions = _clause_instructions(clause.strip(" \"'"), publishers)
        if instructions is None:
            return None
        result = result.then(instructions)
    return result


def _clause_instructions(clause: str, publishers: Sequence[str]) -> Instructions | None:
    """The instruction in one clause of a turn; None if it is something else."""
    plain = " ".join(clause.split())
    bare = _POLITE.sub("", plain.casefold())
    if not bare:
        return Instructions()
    if _SHORT.fullmatch(bare):
        return Instructions(length="short")
    if _LONG.fullmatch(bare):
        return Instructions(length="long")
    if (match := _AS_OF.fullmatch(bare)) and (date := date_of(match["date"])):
        return Instructions(as_of=date)
    if (match := _SINCE.fullmatch(bare)) and (date := date_of(match["date"])):
        return Instructions(since=date)
    if match := _ONLY.fullmatch(bare):
        name = re.sub(r"^(?:the )|(?: reports?| sources?)$", "", match["a"] or match["b"] or match["c"])
        matching = [publisher for publisher in publishers if _is_called(publisher, name)]
        if matching:
            return Instructions(publishers=tuple(matching))
        # An unknown publisher has to be written like a name: "only in winter?" asks something.
        written = re.search(re.escape(name), plain, re.IGNORECASE)
        if written and written[0][0].isupper() and not plain.endswith("?"):
            return Instructions(publishers=(written[0],), unknown_publishers=(written[0],))
    return None


def _is_called(publisher: str, name: str) -> bool:
    """True if `name` is the publisher's name or whole words of it.

    >>> _is_called("ISS Today", "iss"), _is_called("Issues", "iss")
    (True, False)
    """
    return re.search(rf"\b{re.escape(fold(name))}\b", fold(publisher)) is not None


def length_asked(question: str) -> tuple[str, AnswerLength | None]:
    """A question without the words that ask for a length, and that length; "list all …" asks for a long answer.

    >>> length_asked("Describe the coup in detail."), length_asked("Who led the coup?")
    (('Describe the coup.', 'long'), ('Who led the coup?', None))
    """
    for length, pattern in _WITHIN:
        if pattern.search(question):
            rest = re.sub(r" (?=[.?!,])", "", " ".join(pattern.sub(" ", question).split()))
            return (rest[:1].upper() + rest[1:] if rest else question), length
    return question, "long" if _LISTS.search(question) else None
