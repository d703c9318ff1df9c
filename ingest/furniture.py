"""What surrounds a report's text and is no part of it: captions, navigation, calls to subscribe, pull quotes.

Conservative on purpose: a caption left in costs little, a body sentence taken out can no longer be found.
Most rules therefore hold for short blocks only; each is a row in a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.dates import stated_date
from ingest.titles import same_title

_I = re.IGNORECASE
# (pattern, longest block in characters for which it counts)
_RULES = tuple(
    (re.compile(pattern, flags), longest)
    for pattern, flags, longest in (
        # pictures
        (
            r"(?:photo|foto|image|picture|pic|video|illustration|map|graphic|cover|featured image|banner|credits?|crédits?)s?\s*"
            r"(?:(?:credits?|by|courtesy|via|par|photo)\b|:|©|\(c\))",
            _I, 300,
        ),
        (r"crédits? photo", _I, 300),
        (r"(?:©|\(c\)|copyright\b)", _I, 200),
        (r".*(?:©|\bGetty Images\b|\bAlamy\b|\bShutterstock\b|\bAFP/|/AFP\b|\biStock\b|\bUnsplash\b)[^.]*$", _I, 200),
        (r"\(?(?:please )?(?:click|tap|cliquez)\b.{0,80}\)?$", _I, 100),
        (r"(?:read|download|view|watch|see|listen to)\b.{0,200}\b(?:by clicking|click(?:ing)? here|at this link)\b.{0,20}$", _I, 300),
        # navigation
        (r"(?:related|recommended|popular|latest|similar|further|more|additional)\s+(?:\w+ )?(?:contents?|articles?|posts?|stories|reading|topics?|news|links|publications|reports)\s*:?$", _I, 60),
        (r"(?:read|see) (?:more|also|next)\b|you (?:may|might) also (?:like|be interested)|(?:à )?lire aussi\b|articles? liés?$|sur le même (?:sujet|thème)", _I, 160),
        (r"(?:table of contents|contents|in this (?:article|report|section)|sommaire|table des matières|on this page|skip to (?:main )?content|back to top|loading\W*|advertisement|publicité|menu|search|home)$", _I, 60),
        (r"(?:translate this page|select language|listen to this (?:article|page)|print this page|\d+ min(?:ute)?s? read|reading time\b.*)\W*$", _I, 60),
        (r"(?:share|tweet|print|e-?mail|partager|imprimer|facebook|twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|copy link|save|like|pin it)"
         r"(?:\s+(?:this|on|via|to|sur|cet|article|page|story|post|by|with|friends|facebook|twitter|x|linkedin|whatsapp|telegram|email|link|print|share|:|[|/•·]))*\s*:?$", _I, 90),
        (r"(?:follow|find|like|connect with|suivez)[- ](?:us|nous|me)\b", _I, 160),
        (r"(?:tags?|filed under|topics?|categor(?:y|ies)|keywords?|mots[- ]clés)\s*:", _I, 250),
        (r"(?:leave a (?:reply|comment)|\d* ?comments?|post a comment|comments are closed\.?)$", _I, 60),
        (r"(?:download|télécharger)\s+(?:the |this |le |a )?(?:full |complete )?(?:pdf|report|article|publication|document|rapport)\W*(?:\(.*\))?$", _I, 80),
        # invitations and contact
        (r"(?:subscribe|sign up|s[’']abonner|abonnez-vous|inscrivez-vous|join our (?:mailing list|newsletter))\b", _I, 300),
        (r"(?:get|receive) (?:the|our|your|a)\b.{0,60}\b(?:e-?mail|newsletter|updates?|inbox|briefing)\b", _I, 300),
        (r".*\b(?:join our mailing list|our (?:weekly |daily |free )*newsletter|unsubscribe)\b", _I, 300),
        (r".*\b(?:get in touch|contact us|e-?mail us|write to us|please contact|for (?:more|further) information|to learn more|media (?:contact|enquiries|inquiries))\b.*(?:@|www\.|https?://|e-?mail us|contact us)", _I, 500),
        (r"(?:contact|e-?mail|tel|phone|website|web|courriel)\s*:\s*\S+", _I, 160),
        (r"(?:https?://|www\.)\S+$", _I, 400),
        (r"[\w.+-]+@[\w-]+\.[\w.-]+$", _I, 100),
        # rights, support, disclaimers
        (r"(?:this|the|cet|cette|ce) (?:article|report|publication|research|study|paper|brief|piece|project|analysis|work)\b.{0,40}\b(?:was|is|has been) "
         r"(?:\w+ )?(?:produced|made possible|funded|supported|financed|prepared|published)\b.{0,60}\b(?:support|funding|grant|assistance|by|through|thanks|with|on|in)\b", _I, 450),
        (r".*\b(?:exclusive rights|re-?publish(?:ing|ed)?|reproduced with permission)\b.*\b(?:articles?|policy|content|permission|rights|licen[cs]e)\b", _I, 450),
        (r".*\b(?:all rights reserved|tous droits réservés|creative commons|CC BY)\b", _I, 350),
        (r".*\bviews?\b.{0,40}\bexpressed\b.{0,200}\b(?:do not|don[’']t|not necessarily|are (?:those|solely|the))\b", _I, 600),
        (r"[\w’'& .-]{2,60}\b(?:recogni[sz]es|acknowledges|thanks|is grateful (?:to|for))\b.{0,60}\b(?:partnerships?|partners|donors|funders|supporters|support)\b", _I, 400),
        (r"(?:we|this (?:web)?site) uses? cookies|accept (?:all )?cookies|privacy policy|cookie policy|terms (?:of use|and conditions)", _I, 300),
        (r"(?:article|written|text|story)\s+by\s*:?$|about the authors?\W*$|à propos de l[’']auteure?$", _I, 60),
        (r"(?:(?:last )?updated?|modified|accessed|mis à jour)\b(?: on| le)?\s*:?\s*[\w ,./:-]{4,40}$", _I, 80),
        (r"[\W_]+$", 0, 40),  # "###", "* * *"
    )
)
_TRAILER = re.compile(r"(?:related|recommended|popular|latest|similar|more)\s+(?:\w+ )?(?:contents?|articles?|posts?|stories|publications|reports)\s*:?$", _I)
_SOCIAL = re.compile(r"(?<![\w@/.])(?:#[^\W\d]\w{2,}|@\w{3,})")
_SHORT = 200  # characters: the longest pull quote, caption or tweet
_FEWEST_WORDS = 6  # a shorter line is a heading, even where the body repeats it
# Share of a line's longer words that one body sentence must hold for a reworded pull quote. Headings of ten words
# or more shared at most two thirds of theirs with any one sentence in the reports looked at.
_REWORDED = 0.75
_FEWEST_REWORDED = 10


def find_furniture(lines: Sequence[str], title: str | None) -> set[int]:
    """Indices of the blocks of a report that are furniture, given as one line of text each."""
    found = {index for index, line in enumerate(lines) if any(len(line) <= limit and rule.match(line) for rule, limit in _RULES)}
    found |= _repeated_titles(lines, title)
    found |= _doubled(lines)
    found |= _pull_quotes(lines, found)
    found |= _captions_beside(lines, found)
    found |= {index for index, line in enumerate(lines) if stated_date(line, in_head=_near_top(lines, index)) is not None}
    return found | _trailer(lines)


def _near_top(lines: Sequence[str], index: int) -> bool:
    return index < 12 and all(len(line) < _SHORT for line in lines[:index])


def _repeated_titles(lines: Sequence[str], title: str | None) -> set[int]:
    if title is None:
        return set()
    same = [index for index, line in enumerate(lines) if len(line) <= 300 and same_title(line, title)]
    return set(same[1:])


def _doubled(lines: Sequence[str]) -> set[int]:
    """A short line twice in a row is a picture's text and its caption, as pasted pages have them."""
    found = set()
    for index in range(1, len(lines)):
        line = lines[index]
        if line == lines[index - 1] and len(line) <= _SHORT and not line.endswith((".", "!", "?", ":")):
            found |= {index - 1, index}
    return found - {0}  # the first line, repeated, is the title


def _pull_quotes(lines: Sequence[str], known: set[int]) -> set[int]:
    """Short lines that repeat a sentence of the body, word for word, reworded without a full stop, or as a tweet."""
    body = [(index, line) for index, line in enumerate(lines) if len(line) > _SHORT / 2 and index not in known]
    plain = {index: _plain(line) for index, line in body}
    found = set()
    for index, line in enumerate(lines):
        if index in known or len(line) > 2 * _SHORT or len(line.split()) < _FEWEST_WORDS:
            continue
        tags = _SOCIAL.findall(line)
        words = _plain(_SOCIAL.sub(lambda match: match[0].lstrip("#@"), line))
        others = [(other, text) for other, text in plain.items() if other != index and len(text) > len(words) * 1.2]
        verbatim = any(words in text for _, text in others)
        if verbatim and len(line) <= _SHORT or tags and (any(tag[0] == "@" for tag in tags) or len(tags) > 1) and line.endswith(tuple(tags)) or (tags or not line.endswith((".", "!", "?", ":", ";"))) and _reworded(line, [lines[other] for other, _ in others]):
            found.add(index)
    return found


def _reworded(line: str, paragraphs: list[str]) -> bool:
    stems = _stems(line)
    if len(line.split()) < _FEWEST_REWORDED or len(stems) < _FEWEST_REWORDED / 2 or _is_title_case(line):
        return False
    for paragraph in paragraphs:
        for sentence in re.split(r"(?<=[.!?])\s+", paragraph):
            if len(stems & _stems(sentence)) >= _REWORDED * len(stems):
                return True
    return False


def _is_title_case(line: str) -> bool:
    """Whether most longer words are capitalised: a heading's look, never a quotation's."""
    words = re.findall(r"[^\W\d_]{4,}", line)
    return sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _captions_beside(lines: Sequence[str], found: set[int]) -> set[int]:
    """A short line directly before "(click on the map ...)" is the caption it belongs to."""
    return {
        index - 1
        for index in found
        if index > 1 and lines[index].startswith("(") and len(lines[index - 1]) <= 120 and not lines[index - 1].endswith((".", "!", "?"))
    }


def _trailer(lines: Sequence[str]) -> set[int]:
    """Everything after a closing "Related content", as long as it is only short lines."""
    for index in range(len(lines) - 1, max(-1, len(lines) - 30), -1):
        if len(lines[index]) > _SHORT or (lines[index].endswith(".") and len(lines[index]) > 100):
            return set()
        if _TRAILER.match(lines[index]):
            return set(range(index, len(lines)))
    return set()


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _stems(text: str) -> set[str]:
    """Words of four letters and more, cut to six, so that "extremist" meets "extremists"."""
    return {word[:6] for word in re.findall(r"\w{4,}", text.casefold())}
