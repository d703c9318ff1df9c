"""Finds where reports have their information from: reports that repeat one origin count as one source."""

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
# Names introduced as the origin: "according to ACLED". A person counts too: several reports may repeat one man's words.
_NAMED = re.compile(
    r"\b(?:[Aa]ccording to|[Cc]iting|[Qq]uoting|[Aa]s reported by|"
    r"(?:[Ff]igures|[Dd]ata|[Nn]umbers|[Cc]ounts?|[Ss]tatistics|[Ee]stimates?|[Tt]ally|[Dd]atabase|[Ss]urveys?|"
    r"[Rr]eports?|[Ss]tatements?)\s+(?:from|by|of|collected by|published by))"
    rf"\s+(?:data\s+(?:from|by|of)\s+|figures\s+(?:from|by|of)\s+)?{_NAME}"
)
# A name followed by a verb of saying or counting: "ACLED says", "Colonel Brek told reporters".
_SAYS = re.compile(
    rf"{_NAME},?\s+(?:has\s+|have\s+|had\s+|also\s+|later\s+)?"
    r"(?:said|says|told|announced|stated|states|wrote|writes|reported|reports|declared|estimates|estimated|"
    r"(?P<counts>counted|counts|recorded|records|registered|documented|puts|found|finds)|"
    r"(?:data|figures|numbers|reports?)\s+(?:show|shows|suggest))\b"
)
# A name after "said", if the phrase ends there: in "he said France would" France is no speaker, "Monday" never is.
_SAID_BY = re.compile(rf"\b(?:said|says)\s+(?!\w+day\b){_NAME}(?=[,.;]|$|\s+(?:in|on)\b)")
# Words in the names of organisations. With verbs of counting only an organisation is an origin: countries count, too.
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
_ABBREVIATION = re.compile(r"\(([A-Z]{2,8})\)$")
_SAME_WORDS = 0.6  # share of the shorter text's five-word runs from which one text copies the other
_FEWEST = 6  # five-word runs; shorter texts are not compared


def named_origin(text: str) -> str | None:
    """The origin that a sentence names, or None.

    `named_origin("According to ACLED, 40 people died.") == "ACLED"`; "Residents said …" names none.
    """
    plain = " ".join(text.split())
    match = _NAMED.search(plain) or _SAID_BY.search(plain)
    if match is None:
        match = next((candidate for candidate in _SAYS.finditer(plain) if _is_speaker(candidate)), None)
    return None if match is None else re.sub(r"['’]s$", "", match["name"].rstrip(".,"))


def _is_speaker(match: re.Match[str]) -> bool:
    """Whether the name in a match of _SAYS is one: "Residents said" is capitalised only because it opens a sentence."""
    name = match["name"]
    if match["counts"]:
        return _BODY.search(name) is not None
    opens = match.start() == 0 or match.string[match.start() - 2] in ".!?"
    return not opens or " " in name or name.isupper()


def same_origin(name: str, other_name: str) -> bool:
    """Whether two names mean one origin: equal but for titles, a surname alone, or an abbreviation.

    `same_origin("Colonel Brek", "Brek") is True`, and so are "WFP" and "World Food Programme".
    """
    plain = [fold(_TITLES.sub("", text)).split() for text in (name, other_name)]
    shorter, longer = sorted(plain, key=len)
    if plain[0] == plain[1]:
        return True
    if (
        len(shorter) == 1
        and longer[-1:] == shorter
        and len(longer) < 4
        and not _BODY.search(f"{name} {other_name}")
    ):
        return True
    shorts = [_shortened(name), _shortened(other_name)]
    return any(
        len(short) > 2 and (whole == short or initials.startswith(short))
        for (short, _), (whole, initials) in (shorts, shorts[::-1])
    )


def _shortened(name: str) -> tuple[str, str]:
    """(abbreviation, initials) of a name in lower case; the abbreviation is "" if the name gives none.

    `_shortened("World Food Programme (WFP)") == ("wfp", "wfp")`.
    """
    abbreviation = _ABBREVIATION.search(name)
    plain = name[: abbreviation.start()].strip() if abbreviation else name
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", plain) if word[0].isupper())
    short = abbreviation[1] if abbreviation else plain if re.fullmatch(r"[A-Z]{3,8}", plain) else ""
    return short.lower(), initials.lower()


def echoes(
    citations: Sequence[Citation], passages: Sequence[Passage], records: Sequence[DocumentRecord]
) -> tuple[Echo, ...]:
    """Origins that several reports repeat, by copying the text or by naming the origin.

    `passages` are all that the search found, also those not cited: a copy is not cited, but counts as an echo.
    """
    return (*_copies(citations, passages, records), *_attributed(citations))


def _copies(
    citations: Sequence[Citation], passages: Sequence[Passage], records: Sequence[DocumentRecord]
) -> list[Echo]:
    """Echoes of reports in the same words; the earliest report is the origin."""
    by_id = {record.document_id: record for record in records}
    cited = {citation.document_id for citation in citations}
    groups: list[set[str]] = []
    for pair in _pairs(citations, passages):
        _join(groups, pair)
    for family in {record.family for record in records if record.family and record.document_id in cited}:
        _join(groups, {record.document_id for record in records if record.family == family})
    copies = []
    for group in groups:
        members = sorted(
            (by_id[document] for document in group if document in by_id),
            key=lambda record: (record.published or "9999", record.document_id),
        )
        numbers = tuple(citation.number for citation in citations if citation.document_id in group)
        if len(members) > 1 and numbers:
            first = members[0]
            carriers = tuple(_carrier(record) for record in members)
            copies.append(Echo(source_name(first.title, first.source), "copy", numbers, carriers))
    return sorted(copies, key=lambda echo: echo.citations)


def _carrier(report: DocumentRecord | Citation) -> str:
    """A report for the reader: "River Desk, 4 May 2021"."""
    return f"{report.publisher or source_name(report.title, report.source)}, {date_words(report.published)}"


def _pairs(citations: Sequence[Citation], passages: Sequence[Passage]) -> Iterable[set[str]]:
    """Pairs of documents that share most of a passage word for word."""
    texts = [(passage.document_id, shingles(passage.text)) for passage in passages]
    texts += [(citation.document_id, shingles(citation.quote)) for citation in citations]
    for index, (document, words) in enumerate(texts):
        for other_document, other_words in texts[:index]:
            fewest = min(len(words), len(other_words))
            if (
                document != other_document
                and fewest >= _FEWEST
                and len(words & other_words) >= _SAME_WORDS * fewest
            ):
                yield {document, other_document}


def _join(groups: list[set[str]], new: set[str]) -> None:
    """Add a set to disjoint groups, merging those that it touches."""
    touching = [group for group in groups if group & new]
    groups[:] = [group for group in groups if not group & new]
    groups.append(new.union(*touching))


def _attributed(citations: Sequence[Citation]) -> list[Echo]:
    """Echoes of origins that the quotes of several documents name."""
    named: list[tuple[str, list[Citation]]] = []
    for citation in citations:
        origin = named_origin(citation.quote)
        if origin is None:
            continue
        known = next((entry for entry in named if same_origin(entry[0], origin)), None)
        if known is None:
            named.append((origin, [citation]))
        else:
            known[1].append(citation)
    return [
        Echo(
            origin,
            "attributed",
            tuple(citation.number for citation in carriers),
            tuple(dict.fromkeys(_carrier(citation) for citation in carriers)),
        )
        for origin, carriers in named
        if len({citation.document_id for citation in carriers}) > 1
    ]


def independent_sources(citations: Sequence[Citation], known_echoes: Sequence[Echo]) -> int:
    """The number of sources behind the citations that do not depend on each other.

    Reports of one publisher count once, so do copies, and reports that name one origin; the smallest count wins.
    """
    carriers, origins = set(), set()
    for citation in citations:
        copied = next(
            (echo for echo in known_echoes if echo.kind == "copy" and citation.number in echo.citations), None
        )
        named = next(
            (
                echo
                for echo in known_echoes
                if echo.kind == "attributed" and citation.number in echo.citations
            ),
            None,
        )
        carrier = fold(citation.publisher) if citation.publisher else citation.document_id
        if copied is not None:
            carrier = f"copy:{copied.citations}"
        carriers.add(carrier)
        origin = named_origin(citation.quote)
        origins.add(
            f"origin:{fold(named.origin)}" if named else f"origin:{fold(origin)}" if origin else carrier
        )
    return min(len(carriers), len(origins))
