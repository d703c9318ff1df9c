"""Words that ask for nothing new but say how to answer: "shorter", "only from ACCORD", "as of 2021"."""

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
# Within a question: what is cut out of it, and the length it asks for.
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
    """How to answer; None and empty where nothing was said."""

    length: AnswerLength | None = None
    as_of: str | None = None  # YYYY, YYYY-MM or YYYY-MM-DD
    since: str | None = None
    publishers: tuple[str, ...] = ()
    unknown_publishers: tuple[str, ...] = ()  # those among them that no report is from

    def then(self, later: Instructions) -> Instructions:
        """These, with what was said later put over them."""
        said = {name: value for name, value in vars(later).items() if value}
        if later.publishers:
            said["unknown_publishers"] = later.unknown_publishers
        return replace(self, **said)

    def narrowed(self, filters: Filters) -> Filters:
        """The filters of the request with these; where both name a thing, what was said last counts."""
        return replace(
            filters,
            as_of=self.as_of or filters.as_of,
            since=self.since or filters.since,
            publishers=self.publishers or filters.publishers,
        )

    @property
    def in_words(self) -> str:
        """What was understood: "only from ACCORD, as of 2021, shorter"; empty where nothing was said."""
        parts = [f"only from {' or '.join(self.publishers)}"] if self.publishers else []
        parts += [f"as of {self.as_of}"] if self.as_of else []
        parts += [f"since {self.since}"] if self.since else []
        parts += {"short": ["shorter"], "long": ["longer"]}.get(self.length or "", [])
        return ", ".join(parts)


def instructions_in(turn: str, publishers: Sequence[str]) -> Instructions | None:
    """What a turn says about answering; None where it asks something.

    `publishers` are those of the index: a source is known by its name or an unambiguous part of it.
    """
    found = Instructions()
    clauses = [
        clause for clause in re.split(r"[;.!?]|, (?:and |but )?| and | but ", turn.strip()) if clause.strip()
    ]
    if not clauses:
        return None
    for clause in clauses:
        one = _clause(clause.strip(" \"'"), publishers)
        if one is None:
            return None
        found = found.then(one)
    return found


def _clause(clause: str, publishers: Sequence[str]) -> Instructions | None:
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
        named = re.sub(r"^(?:the )|(?: reports?| sources?)$", "", match["a"] or match["b"] or match["c"])
        known = [one for one in publishers if _is_called(one, named)]
        if known:
            return Instructions(publishers=tuple(known))
        # Only where it is written like a name: "only in winter?" asks something.
        written = re.search(re.escape(named), plain, re.IGNORECASE)
        if written and written[0][0].isupper() and not plain.endswith("?"):
            return Instructions(publishers=(written[0],), unknown_publishers=(written[0],))
    return None


def _is_called(publisher: str, named: str) -> bool:
    return re.search(rf"\b{re.escape(fold(named))}\b", fold(publisher)) is not None


def length_asked(question: str) -> tuple[str, AnswerLength | None]:
    """A question without the words that ask for a length ("in detail"), and that length."""
    for length, pattern in _WITHIN:
        if pattern.search(question):
            rest = re.sub(r" (?=[.?!,])", "", " ".join(pattern.sub(" ", question).split()))
            return (rest[:1].upper() + rest[1:] if rest else question), length
    return question, "long" if _LISTS.search(question) else None
