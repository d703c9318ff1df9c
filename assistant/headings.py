"""Names for the themes of a briefing, in the sources' own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.places import is_adjective
from assistant.words import MONTHS, fold, names, stems
from vectorstore.query_terms import STOP_WORDS

_PLAIN = "Further reporting"
_LONGEST = 70  # characters
_WORD = re.compile(r"[^\W\d_]{5,}")


def headings(topic: str, themes: Sequence[Sequence[Evidence]]) -> list[str]:
    """One heading for each theme: the one or two terms that set it apart from the others.

    A section heading that the sources themselves give to most of its sentences comes first.
    """
    known = set(stems(topic))
    held = [[_terms(one.text, known) for one in theme] for theme in themes]
    found: list[str] = []
    for place, theme in enumerate(themes):
        elsewhere = Counter(
            term for other, rows in enumerate(held) if other != place for row in rows for term in row
        )
        named = (_of_sources(theme), _of_terms(held[place], elsewhere), theme[0].passage.heading)
        found.append(
            next((one for one in named if one and one not in found and len(one) <= _LONGEST), _PLAIN)
        )
    return _told_apart(found)


def _of_sources(theme: Sequence[Evidence]) -> str | None:
    given = Counter(one.passage.heading.split(" › ")[-1] for one in theme if one.passage.heading)
    heading, count = given.most_common(1)[0] if given else ("", 0)
    return heading if count > 1 and count * 2 > len(theme) else None


def _of_terms(rows: Sequence[dict[str, str]], elsewhere: Counter[str]) -> str | None:
    """The terms that stand in most of this theme's sentences and in few of the others'."""
    here = Counter(term for row in rows for term in row)
    written: dict[str, str] = {}
    for row in rows:
        for term, word in row.items():
            written.setdefault(term, word)

    def weight(term: str) -> tuple[float, bool, int, str]:
        is_name = written[term][0].isupper()
        return here[term] * (1.5 if is_name else 1.0) / (1 + elsewhere[term]), is_name, len(term), term

    ranked = sorted(here, key=weight, reverse=True)
    least = 2 if len(rows) > 2 else 1  # a name said once names no theme of many sentences
    best = [term for term in ranked if here[term] >= (least if written[term][0].isupper() else 2)][:2]
    if len(best) == 2 and (best[0] in best[1] or best[1] in best[0]):
        best = [max(best, key=len)]
    text = (", " if any(" and " in term for term in best) else " and ").join(written[term] for term in best)
    return text[:1].upper() + text[1:] or None


def _terms(sentence: str, known: set[str]) -> dict[str, str]:
    """Names and longer words of a sentence, less the topic's own: stemmed to as written."""
    found = {
        fold(name): name
        for name in (re.sub(r"['’]s$", "", one) for one in names(sentence))
        if len(name) > 2
        and not set(stems(name)) & known
        and not set(fold(name).split()) & set(MONTHS)
        and not is_adjective(name)
    }
    inside = {part for name in found for part in name.split()}
    for match in _WORD.finditer(sentence):
        folded = fold(match[0])
        if match[0].islower() and folded not in STOP_WORDS | inside and _is_noun_like(folded):
            for term in stems(folded):
                if term not in known:
                    found.setdefault(term, match[0])
    return found


def _is_noun_like(word: str) -> bool:
    """Only what its ending shows to be a noun: a verb names no theme."""
    return (
        re.search(r"(?:[ts]ion|ment|it(?:y|ie)|ness|[ae]nce|ism|ship|age|er|ist|ture|ic)s?$", word)
        is not None
    )


def _told_apart(found: Sequence[str]) -> list[str]:
    """The same heading twice would read as one: the second is counted."""
    seen: Counter[str] = Counter()
    result = []
    for heading in found:
        seen[heading] += 1
        result.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return result
