"""Extracts the events that a sentence dates, by linking each date to the verb or noun that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.clauses import PERIOD_EDGE, Clause, clauses
from assistant.language.date_resolution import DateContext, event_dates
from assistant.language.dates import DateMention
from ingest.text.date_patterns import YEAR

_NOUNS = (
    r"coups?(?: d['’]état)?|putsch|mutiny|uprising|rebellion|revolt|revolution|attack|assault|raid|ambush|massacre|"
    r"killing|bombing|explosion|blast|strike|shooting|siege|battle|offensive|invasion|clash(?:es)?|conflict|riots?|protests?|"
    r"demonstrations?|elections?|referendum|vote|ballot|ceasefire|truce|summit|withdrawal|"
    r"departure|arrest|execution|assassination|murder|kidnapping|abduction|hijacking|crash|collision|derailment|accident|"
    r"earthquake|floods?|flooding|drought|fire|outbreak|fall-out|falling-out|collapse|resignation|dismissal|death|sanctions|"
    r"suspension|expulsion|founding|creation|establishment|launch|inauguration|merger|takeover|seizure|capture|verdict|"
    r"conviction|rescue|release|announcement|disaster|spill|eruption|hurricane|cyclone|storm"
)
# "the August 2020 coup", "the 2018 conflict"
_DATE_BEFORE_NOUN = re.compile(rf"\s+(?:(?!and\b|to\b|the\b|in\b)[a-z-]+\s+){{0,2}}?(?P<noun>{_NOUNS})\b")
# "a military coup in May 2021", "the coup d'état of 2015", "the execution of 300 civilians in March 2022"
_NOUN_BEFORE_DATE = re.compile(
    rf"(?<!-)\b(?P<noun>{_NOUNS})(?:\s+(?:in|of|at|near|on|against|between|for|by|and|the|a|\d+|[a-z]+s|wal|"
    r"(?:\([A-Z]|al-)[\w)’'-]+|[A-Z][\w’'-]+)){0,9}?"
    r"\s+(?:in|of|on|from)?\s*(?:(?:early|mid|late)[\s-]+)?$"
)
# "the mission, established in 2013": an event without a verb of its own
_FOUNDED = re.compile(
    r"\b(?:established|founded|created|launched|formed|signed|adopted|set up|inaugurated|introduced|concluded)\s+"
    r"(?:\w+\s+){0,3}?(?:in|on)?\s*$"
)

# A table row as the readers write it: "Date: 3 June 2021; Place: …; Toll: …".
_TABLE_DATE = re.compile(r"(?:^|; )(?:Date|When|Day): (?=[^;]*(?:;|$))")
_YEAR_SERIES = re.compile(rf"(?:,?\s(?:and\s|or\s)?(?:in\s)?{YEAR}\b){{2}}")
_SPAN_END = re.compile(r"(?:since|by|until)\b", re.IGNORECASE)
# Words before a noun that make its event a future one, or one that never happened.
_IRREALIS = re.compile(
    r"\b(?:upcoming|planned|next|coming|forthcoming|scheduled|possible|prevent\w*|avoid\w*|ahead of|until|before|"
    r"hold|organi[sz]e|prepar\w+|no)\b[^,;]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class EventMention:
    """A dated event and the part of the sentence that tells of it."""

    date: str  # YYYY, YYYY-MM or YYYY-MM-DD
    start: int  # offset in the sentence
    end: int  # offset in the sentence, exclusive
    clause: Clause | None  # the clause of its verb; None for an event named by a noun or in a table
    noun: str | None = None  # "coup" in "the August 2020 coup"


def event_mentions(sentence: str, context: DateContext) -> list[EventMention]:
    """The events that a sentence dates, in order, each once.

    Not events: what is expected, planned, demanded or merely said; states; events whose date is uncertain. "The dyke
    broke on 15 May 2022." has one event, "The port will reopen in March 2022." none.
    """
    dates = _without_series(event_dates(sentence, context), sentence)
    if not dates:
        return []
    clause_list = clauses(sentence, [(date.start, date.end) for date in dates])
    if (row := _TABLE_DATE.search(sentence)) is not None:
        return [
            EventMention(date.date, 0, len(sentence), None)
            for date in dates
            if date.date is not None and row.end() <= date.start + 1 <= row.end() + 1
        ]
    mentions: list[EventMention] = []
    # Index of a clause -> its date. A clause tells one event: of several dates the most precise counts.
    date_of_clause: dict[int, DateMention] = {}
    for date in dates:
        noun_mention = _noun_mention(date, sentence, clause_list)
        if noun_mention is not None:
            mentions.append(noun_mention)
            continue
        clause_index = _governing_clause(date, sentence, clause_list)
        if clause_index is None:
            continue
        earlier = date_of_clause.get(clause_index)
        if earlier is None or len(date.date or "") > len(earlier.date or ""):
            date_of_clause[clause_index] = date if earlier is None or earlier.date is not None else earlier
    for index, date in date_of_clause.items():
        if date.date is not None:
            home_clause = next(
                candidate
                for candidate in clause_list
                if candidate.start <= date.start < candidate.end or candidate.end >= date.end
            )
            start, end = (
                min(home_clause.start, clause_list[index].start),
                max(home_clause.end, clause_list[index].end),
            )
            clause = clause_list[index]
            if index + 1 < len(clause_list) and _tells_when(clause_list[index + 1]):
                # "The series opened on 3 May, when …"
                clause = clause_list[index + 1]
                end = clause.end
            mentions.append(EventMention(date.date, start, end, clause))
    verb_dates = {mention.date for mention in mentions if mention.clause is not None}
    unique = {
        (mention.date, mention.noun): mention
        for mention in mentions
        if mention.clause is not None or mention.date not in verb_dates
    }
    return sorted(unique.values(), key=lambda mention: mention.start)


def _without_series(dates: Sequence[DateMention], sentence: str) -> list[DateMention]:
    """The dates without years in a series ("five times: in 1968, 1991 and 2012"), which count events but tell none."""
    return [date for date in dates if len(date.date or "") != 4 or not _YEAR_SERIES.match(sentence, date.end)]


def _noun_mention(date: DateMention, sentence: str, clause_list: Sequence[Clause]) -> EventMention | None:
    """The event that a noun next to the date names ("the August 2020 coup"), or a founding ("established in 2013")."""
    if date.date is None:
        return None
    home = _home_clause(date, clause_list)
    before = sentence[clause_list[home].start : date.start]
    after = _DATE_BEFORE_NOUN.match(sentence, date.end)
    if _SPAN_END.match(sentence[date.start : date.end]):
        return None
    founded = None if re.match("of", sentence[date.start : date.end]) else _FOUNDED.search(before)
    match = after or _NOUN_BEFORE_DATE.search(before) or founded
    if (
        match is None
        or re.search(r"\b(?:not|never|nor)\b", before)
        or _IRREALIS.search(before)
        or (PERIOD_EDGE.search(before) and not after)
    ):
        return None
    if (
        clause_list[home].modality == "realised"
        and not after
        and not re.match(r"\W*(?:Following|After)\b", before)
    ):
        verb = clause_list[home].verb
        # "signed the agreement in May": the verb's own date, unless the noun stands in front of the verb.
        if verb is not None and verb.start < date.start and not founded:
            return None
    if clause_list[home].modality == "irrealis":
        return None
    noun = match.groupdict().get("noun") or "founding"
    return EventMention(date.date, clause_list[home].start, clause_list[home].end, None, noun)


def _governing_clause(date: DateMention, sentence: str, clause_list: Sequence[Clause]) -> int | None:
    """Index of the clause whose verb the date belongs to, if that clause tells an event; else None."""
    home = _home_clause(date, clause_list)
    if len(date.date or "") == 4 and re.match("the ", sentence[date.start : date.end]):
        return None  # "the 1993 novel": it dates the novel, not what became of it
    if PERIOD_EDGE.search(sentence[clause_list[home].start : date.start]) or _SPAN_END.match(
        sentence[date.start : date.end]
    ):
        return None
    order = [home]
    if clause_list[home].modality == "none" and not _is_relative(clause_list[home]):
        opening = all(clause.modality == "none" for clause in clause_list[:home])
        after, before = range(home + 1, len(clause_list)), range(home - 1, -1, -1)
        order += [*after, *before] if opening else [*before, *after]
    for index in order:
        if clause_list[index].modality == "none" or (index != home and _is_relative(clause_list[index])):
            continue
        if (
            clause_list[index].modality == "state"
            and index + 1 < len(clause_list)
            and _tells_when(clause_list[index + 1])
        ):
            return index + 1  # "The worst day was 4 March, when …"
        return index if clause_list[index].modality == "realised" else None
    return None


def _tells_when(clause: Clause) -> bool:
    """Whether a clause is the event of the date before it: "when gunmen attacked the post"."""
    return clause.text.startswith("when ") and clause.modality == "realised"


def _home_clause(date: DateMention, clause_list: Sequence[Clause]) -> int:
    """Index of the clause that holds the date."""
    return max(index for index, clause in enumerate(clause_list) if clause.start <= date.start or index == 0)


def _is_relative(clause: Clause) -> bool:
    """Whether a clause opens with a relative pronoun: "which were needed"."""
    return re.match(r"(?:that|which|who|whom|whose|where)\b", clause.text) is not None
