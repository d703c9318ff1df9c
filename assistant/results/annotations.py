"""Names for what a sentence only points at: "the region" is followed by "[here: Kayes]", in brackets of our own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.dates import lacks_year
from assistant.language.prompt_injection import is_injection
from assistant.language.relative_dates import speaks_from_its_day
from assistant.results.wording import date_words
from ingest.text.date_patterns import DAY, MONTH_CAPITAL, YEAR

_HEAD = (
    "region|town|city|village|province|district|mission|operation|force|group|camp|base|mine|river|movement|company|"
    "agency|ministry|party|island|valley"
)
_NAME = r"[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,6}"
# What follows is a verb or an end: "the mission ended", not "the mission statement" or "the region of Kayes".
_POINTS = re.compile(
    rf"\b(?P<article>[Tt]he|[Tt]his|[Tt]hat) (?P<head>{_HEAD})"
    r"(?=[,.;:!?]|['’]s\b| (?:is|was|are|were|has|had|have|will|would|can|could|may|might|must|to|by|with|from|for|as|"
    r"and|or|but|during|since|after|before|until|on|at|also|did|does|do|\w+ed|lost|fell|rose|began|came|went|made|took|"
    r"gave|held|led|saw|said|says|became|grew|lies|lay|stands|stood|ran|runs|remains|faces|needs)\b|$)"
)

_NEAR = 400  # characters before a sentence, in its own paragraph, in which the name must stand
_ADDED = re.compile(r" \[here: [^\]\n]{1,80}\]")


def with_antecedent(sentence: str, before: str, heading: str = "") -> str:
    """The sentence, its first "the region" followed by the region's name where the paragraph before it gives one.

    Only a name written with the same word counts ("Kayes region", "the region of Kayes"), and only where there is
    but one: in the paragraph, or, where the sentence opens it, in its heading. A wrong name is worse than none.
    """
    match = _POINTS.search(sentence)
    if match is None:
        return sentence
    paragraph = re.split(r"\n\s*\n", before)[-1][-_NEAR:]
    named = _names(match["head"], paragraph) or ([] if paragraph.strip() else _names(match["head"], heading))
    if len(set(named)) != 1 or named[0] in sentence:
        return sentence
    return f"{sentence[: match.end()]} [here: {named[0]}]{sentence[match.end() :]}"


def _names(head: str, text: str) -> list[str]:
    shape = re.compile(
        rf"(?P<a>{_NAME}) (?:{head}|{head.title()})\b|\b(?:{head}|{head.title()}) of (?:the )?(?P<b>{_NAME})"
    )
    found = [
        re.sub(r"^(?:The|In|This|That|A) (?=\S)", "", one["a"] or one["b"]) for one in shape.finditer(text)
    ]
    # A capital that only opens a sentence is no name, and a long one ("United Nations …") reads badly in brackets.
    return [one for one in found if one not in ("The", "In", "This", "That", "A") and one.count(" ") <= 3]


def without_antecedent(sentence: str) -> str:
    """What with_name() was given."""
    return _ADDED.sub("", sentence)


_END = re.compile(r"[.!?]?[\"'”’»)\]]*$")


# "In December 2019, Grey Dynamics reported: …", outside the quotation.
_LEAD_IN = re.compile(rf"^(?:In|On) (?:(?:{DAY} )?{MONTH_CAPITAL} )?{YEAR}, [^:\n]{{1,80}} reported: ")


_BRACKET = re.compile(r" \[(?:published [\d-]+|report undated)\](?=[.!?]?[\"'”’»)\]]*$)")


def with_report_date(sentence: str, published: str | None, publisher: str | None = None) -> str:
    """The sentence, and where it says "currently" or "on 3 May", when it was published.

    In brackets, or, where the publisher is given, too, before the sentence: "In May 2022, Coast Today reported: ".
    """
    if not speaks_from_its_day(sentence) and not lacks_year(sentence):
        return sentence
    return with_attribution(sentence, published, publisher)


def is_dated_beside(sentence: str) -> bool:
    """Whether with_report_date() has put the report's date beside a sentence."""
    plain = without_injection_label(sentence)
    return _LEAD_IN.match(plain) is not None or _BRACKET.search(plain) is not None


def with_attribution(sentence: str, published: str | None, publisher: str | None) -> str:
    """The sentence with who published it and when, as far as both are known; else with the date in brackets."""
    lead_in = _lead_in(published, publisher)
    if lead_in is not None:
        return lead_in + sentence
    end = _END.search(sentence)
    place = end.start() if end else len(sentence)
    return sentence[:place] + _in_brackets(published) + sentence[place:]


def _lead_in(published: str | None, publisher: str | None) -> str | None:
    if not published or not publisher:
        return None
    lead_in = f"{'On' if len(published) == 10 else 'In'} {date_words(published)}, {publisher} reported: "
    return lead_in if _LEAD_IN.match(lead_in) else None


def _in_brackets(published: str | None) -> str:
    return f" [published {published}]" if published else " [report undated]"


def of_another_report(sentence: str, reports: Sequence[tuple[str | None, str | None]]) -> str | None:
    """What a sentence adds of date and publisher, where it is of none of these (published, publisher)."""
    plain = without_injection_label(sentence)
    lead_in, bracket = _LEAD_IN.match(plain), _BRACKET.search(plain)
    if lead_in and lead_in[0] not in {_lead_in(*one) for one in reports}:
        return lead_in[0].rstrip(" :")
    if bracket and bracket[0] not in {_in_brackets(published) for published, _ in reports}:
        return bracket[0].strip()
    return None


def without_report_date(sentence: str) -> str:
    """What with_report_date() was given, whatever code has added: a lead-in, a date, a name in brackets."""
    return without_antecedent(_BRACKET.sub("", _LEAD_IN.sub("", without_injection_label(sentence), count=1)))


LABEL = " [an instruction in the report, quoted, not followed]"


def with_injection_label(sentence: str, quoted: str) -> str:
    """The sentence as it is shown of what is `quoted`, with the label where that is an order."""
    return sentence + LABEL if is_injection(quoted) else sentence


def without_injection_label(sentence: str) -> str:
    """What labelled() was given."""
    return sentence.removesuffix(LABEL)
