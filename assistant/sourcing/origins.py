"""Where reports have what they say from: those that repeat one origin count as one source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.results.answer import Citation
from assistant.results.briefing import Echo
from assistant.results.wording import date_words, source_name
from vectorstore import Passage
from vectorstore.ledger.near_duplicates import shingles
from vectorstore.records import DocumentRecord
from vectorstore.terms import fold

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'.-]*"
_JOINING = r"(?:(?:of|for|and|&|in|the|on|de|des|du|et|pour)\s+){0,2}"
_NAME = rf"(?:[Tt]he\s+)?(?P<name>{_CAPITAL}(?:\s+{_JOINING}{_CAPITAL}){{0,8}}(?:\s+\([A-Z]{{2,8}}\))?)"
# Who is named as having counted, seen or said it first. A person is one, too: several reports of one man's words.
_NAMED = re.compile(
    r"\b(?:[Aa]ccording to|[Cc]iting|[Qq]uoting|[Aa]s reported by|"
    r"(?:[Ff]igures|[Dd]ata|[Nn]umbers|[Cc]ounts?|[Ss]tatistics|[Ee]stimates?|[Tt]ally|[Dd]atabase|[Ss]urveys?|"
    r"[Rr]eports?|[Ss]tatements?)\s+(?:from|by|of|collected by|published by))"
    rf"\s+(?:data\s+(?:from|by|of)\s+|figures\s+(?:from|by|of)\s+)?{_NAME}"
)
# "ACLED says", "Colonel Brek told reporters", "said the Food Cluster", "data from …" the other way round.
_SAYS = re.compile(
    rf"{_NAME},?\s+(?:has\s+|have\s+|had\s+|also\s+|later\s+)?"
    r"(?:said|says|told|announced|stated|states|wrote|writes|reported|reports|declared|estimates|estimated|"
    r"(?P<counts>counted|counts|recorded|records|registered|documented|puts|found|finds)|"
    r"(?:data|figures|numbers|reports?)\s+(?:show|shows|suggest))\b"
)
# "He said France would": only where nothing follows is it who said it. "Said Monday" is when.
_SAID_BY = re.compile(rf"\b(?:said|says)\s+(?!\w+day\b){_NAME}(?=[,.;]|$|\s+(?:in|on)\b)")
# Countries and towns count and record, too: with these words only a body is an origin.
_BODY = re.compile(
    r"\b(?:Network|League|Institute|Cluster|Watch|Project|Office|Agency|Council|Union|Organi[sz]ation|Committee|Fund|"
    r"Bank|Cent(?:re|er)|Foundation|Observatory|Ministry|Commission|Mission|University|International|Programme|"
    r"Service|Department|Group|Army|Police|Association|Society|Trust|Board|Bureau|Cross|Crescent|Hospital)\b|^[A-Z]{3,}$"
)
_TITLES = re.compile(
    r"\b(?:(?:Defen[cs]e|Interior|Foreign|Prime|Health|Finance) Minister|Minister|President|General|Colonel|Captain|"
    r"Major|Lieutenant|Doctor|Dr\.?|Professor|Mr\.?|Mrs\.?|Ms\.?|Governor|Mayor|Commander|Secretary|Chief|Judge|"
    r"Spokes\w+|Director)\s+"
)
_SHORT = re.compile(r"\(([A-Z]{2,8})\)$")
_SAME_WORDS = 0.6  # runs of five words shared, of those of the shorter text, from which one copies the other
_FEWEST = 6  # such runs, below which likeness says nothing


def origin_named(text: str) -> str | None:
    """Whom a sentence names as having what it tells: "according to ACLED"; None where it names nobody."""
    plain = " ".join(text.split())
    found = _NAMED.search(plain) or _SAID_BY.search(plain)
    if found is None:
        found = next((one for one in _SAYS.finditer(plain) if _is_speaker(one)), None)
    return None if found is None else re.sub(r"['’]s$", "", found["name"].rstrip(".,"))


def _is_speaker(found: re.Match[str]) -> bool:
    """Whether it is a name that speaks: "Residents said" has its capital from the sentence's beginning."""
    name = found["name"]
    if found["counts"]:
        return _BODY.search(name) is not None
    opens = found.start() == 0 or found.string[found.start() - 2] in ".!?"
    return not opens or " " in name or name.isupper()


def same_origin(one: str, other: str) -> bool:
    """Whether two names are one's: equal but for titles, a surname alone, or one the abbreviation of the other."""
    plain = [fold(_TITLES.sub("", name)).split() for name in (one, other)]
    shorter, longer = sorted(plain, key=len)
    if plain[0] == plain[1]:
        return True
    if (
        len(shorter) == 1
        and longer[-1:] == shorter
        and len(longer) < 4
        and not _BODY.search(f"{one} {other}")
    ):
        return True
    shorts = [_shortened(one), _shortened(other)]
    return any(
        len(short) > 2 and (whole == short or initials.startswith(short))
        for (short, _), (whole, initials) in (shorts, shorts[::-1])
    )


def _shortened(name: str) -> tuple[str, str]:
    """The abbreviation that a name is or gives, and the initials of its words; both in small letters."""
    given = _SHORT.search(name)
    plain = name[: given.start()].strip() if given else name
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", plain) if word[0].isupper())
    short = given[1] if given else plain if re.fullmatch(r"[A-Z]{3,8}", plain) else ""
    return short.lower(), initials.lower()


def echoes(
    citations: Sequence[Citation], found: Sequence[Passage], records: Sequence[DocumentRecord]
) -> tuple[Echo, ...]:
    """Origins that more than one report repeats: in the same words, or by naming it.

    `found` are the passages that the search brought, those not cited included: a report that only repeats another is
    not cited twice, but told.
    """
    return (*_copies(citations, found, records), *_attributed(citations))


def _copies(
    citations: Sequence[Citation], found: Sequence[Passage], records: Sequence[DocumentRecord]
) -> list[Echo]:
    by_id = {one.document_id: one for one in records}
    cited = {one.document_id for one in citations}
    groups: list[set[str]] = []
    for pair in _pairs(citations, found):
        _join(groups, pair)
    for family in {one.family for one in records if one.family and one.document_id in cited}:
        _join(groups, {one.document_id for one in records if one.family == family})
    told = []
    for group in groups:
        those = sorted(
            (by_id[one] for one in group if one in by_id),
            key=lambda one: (one.published or "9999", one.document_id),
        )
        numbers = tuple(one.number for one in citations if one.document_id in group)
        if len(those) > 1 and numbers:
            first = those[0]
            carriers = tuple(
                f"{one.publisher or source_name(one.title, one.source)}, {date_words(one.published)}"
                for one in those
            )
            told.append(Echo(source_name(first.title, first.source), "copy", numbers, carriers))
    return sorted(told, key=lambda one: one.citations)


def _pairs(citations: Sequence[Citation], found: Sequence[Passage]) -> Iterable[set[str]]:
    """Documents of which one says in a passage what another says in the same words."""
    texts = [(one.document_id, shingles(one.text)) for one in found]
    texts += [(one.document_id, shingles(one.quote)) for one in citations]
    for place, (document, words) in enumerate(texts):
        for other, theirs in texts[:place]:
            fewest = min(len(words), len(theirs))
            if document != other and fewest >= _FEWEST and len(words & theirs) >= _SAME_WORDS * fewest:
                yield {document, other}


def _join(groups: list[set[str]], new: set[str]) -> None:
    touching = [group for group in groups if group & new]
    groups[:] = [group for group in groups if not group & new]
    groups.append(new.union(*touching))


def _attributed(citations: Sequence[Citation]) -> list[Echo]:
    named: list[tuple[str, list[Citation]]] = []
    for one in citations:
        origin = origin_named(one.quote)
        if origin is None:
            continue
        known = next((entry for entry in named if same_origin(entry[0], origin)), None)
        if known is None:
            named.append((origin, [one]))
        else:
            known[1].append(one)
    return [
        Echo(
            origin,
            "attributed",
            tuple(one.number for one in those),
            tuple(
                dict.fromkeys(
                    f"{one.publisher or source_name(one.title, one.source)}, {date_words(one.published)}"
                    for one in those
                )
            ),
        )
        for origin, those in named
        if len({one.document_id for one in those}) > 1
    ]


def independent_sources(citations: Sequence[Citation], echoed: Sequence[Echo]) -> int:
    """How many sources that do not depend on each other stand behind these citations.

    Reports of one publisher are one source, reports in the same words are one, and reports that name one origin for
    what is cited are one: the fewest of what these leave.
    """
    carriers, origins = set(), set()
    for one in citations:
        copied = next((echo for echo in echoed if echo.kind == "copy" and one.number in echo.citations), None)
        named = next(
            (echo for echo in echoed if echo.kind == "attributed" and one.number in echo.citations), None
        )
        carrier = fold(one.publisher) if one.publisher else one.document_id
        if copied is not None:
            carrier = f"copy:{copied.citations}"
        carriers.add(carrier)
        origin = origin_named(one.quote)
        origins.add(
            f"origin:{fold(named.origin)}" if named else f"origin:{fold(origin)}" if origin else carrier
        )
    return min(len(carriers), len(origins))
