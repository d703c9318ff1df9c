"""Names for what a sentence only points at: "the region" is followed by "[here: Kayes]", in brackets of our own."""

from __future__ import annotations

import re

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


def with_name(sentence: str, before: str, heading: str = "") -> str:
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


def without_name(sentence: str) -> str:
    """What with_name() was given."""
    return _ADDED.sub("", sentence)
