"""Recognises furniture by the wording of one line, as news and think-tank sites write it in English and French."""

from __future__ import annotations

import re

# Each rule is (pattern, longest block in characters for which it counts).
_PICTURES = (  # captions and credits
    (
        (
            r"(?:photo|foto|image|picture|pic|video|illustration|map|graphic|cover|featured image|banner|"
            r"credits?|crédits?)s?\s*(?:(?:credits?|by|courtesy|via|par|photo)\b|:|©|\(c\))"
        ),
        300,
    ),
    (r"crédits? photo", 300),
    (r"(?:©|\(c\)|copyright\b)", 200),
    (r".*(?:©|\bGetty Images\b|\bAlamy\b|\bShutterstock\b|\bAFP/|/AFP\b|\biStock\b|\bUnsplash\b)[^.]*$", 200),
    (r"\(?(?:please )?(?:click|tap|cliquez)\b.{0,80}\)?$", 100),
)
_NAVIGATION = (
    (
        (
            r"(?:read|download|view|watch|see|listen to)\b.{0,200}"
            r"\b(?:by clicking|click(?:ing)? here|at this link)\b.{0,20}$"
        ),
        300,
    ),
    (
        (
            r"(?:related|recommended|popular|latest|similar|further|more|additional)\s+(?:\w+ )?"
            r"(?:contents?|articles?|posts?|stories|reading|topics?|news|links|publications|reports)\s*:?$"
        ),
        60,
    ),
    (
        (
            r"(?:read|see) (?:more|also|next)\b|you (?:may|might) also (?:like|be interested)|(?:à )?lire aussi\b|"
            r"articles? liés?$|sur le même (?:sujet|thème)"
        ),
        160,
    ),
    (
        (
            r"(?:table of contents|contents|in this (?:article|report|section)|sommaire|table des matières|"
            r"on this page|skip to (?:main )?content|back to top|loading\W*|advertisement|publicité|menu|search|home)$"
        ),
        60,
    ),
    (
        (
            r"(?:translate this page|select language|listen to this (?:article|page)|print this page|"
            r"\d+ min(?:ute)?s? read|reading time\b.*)\W*$"
        ),
        60,
    ),
    (
        (
            r"(?:share|tweet|print|e-?mail|partager|imprimer|facebook|twitter|x|linkedin|whatsapp|telegram|reddit|"
            r"pinterest|copy link|save|like|pin it)"
            r"(?:\s+(?:this|on|via|to|sur|cet|article|page|story|post|by|with|friends|facebook|twitter|x|linkedin|"
            r"whatsapp|telegram|email|link|print|share|:|[|/•·]))*\s*:?$"
        ),
        90,
    ),
    (r"(?:follow|find|like|connect with|suivez)[- ](?:us|nous|me)\b", 160),
    (r"(?:tags?|filed under|topics?|categor(?:y|ies)|keywords?|mots[- ]clés)\s*:", 250),
    (r"(?:leave a (?:reply|comment)|\d* ?comments?|post a comment|comments are closed\.?)$", 60),
    (
        (
            r"(?:download|télécharger)\s+(?:the |this |le |a )?(?:full |complete )?"
            r"(?:pdf|report|article|publication|document|rapport)\W*(?:\(.*\))?$"
        ),
        80,
    ),
    (r".*(?:\. ?){8}", 20_000),  # a table of contents with dotted lines
    (r"[\W_]+$", 40),  # "###", "* * *"
)
_INVITATIONS = (  # to subscribe, to get in touch
    (
        r"(?:subscribe|sign up|s[’']abonner|abonnez-vous|inscrivez-vous|join our (?:mailing list|newsletter))\b",
        300,
    ),
    (r"(?:get|receive) (?:the|our|your|a)\b.{0,60}\b(?:e-?mail|newsletter|updates?|inbox|briefing)\b", 300),
    (r".*\b(?:join our mailing list|our (?:weekly |daily |free )*newsletter)\b", 300),
    (
        r"(?:.{0,80}\b(?:to|can|may|or) )?unsubscribe\b(?:.{0,40}\b(?:here|any ?time|link|list|e-?mails?)\b|$)",
        200,
    ),
    (
        (
            r".*\b(?:get in touch|contact us|e-?mail us|write to us|please contact|for (?:more|further) information|"
            r"to learn more|media (?:contact|enquiries|inquiries))\b.*(?:@|www\.|https?://|e-?mail us|contact us)"
        ),
        500,
    ),
    (r"(?:contact|e-?mail|tel|phone|website|web|courriel)\s*:\s*\S+", 160),
    (r"(?:https?://|www\.)\S+$", 400),
    (r"[\w.+-]+@[\w-]+\.[\w.-]+$", 100),
)
_RIGHTS = (  # rights, sponsors, disclaimers
    (
        (
            r"(?:this|the|cet|cette|ce) (?:article|report|publication|research|study|paper|brief|piece|project)\b"
            r".{0,40}\b(?:was|is|has been) (?:\w+ )?(?:produced|made possible|funded|supported|financed)\b"
            r".{0,60}\b(?:support|funding|grant|assistance|by|through|thanks)\b"
        ),
        450,
    ),
    (
        (
            r"(?:this (?:article|report|piece|post|commentary|essay) (?:was|is|has been) (?:first |originally |also )?|"
            r"the (?:article|piece|post|commentary|essay|op-ed) was (?:first|originally) )(?:published|posted)\b"
        ),
        250,
    ),
    (
        (
            r".*\b(?:exclusive rights|re-?publish(?:ing|ed)?|reproduced with permission)\b.*"
            r"\b(?:articles?|policy|content|permission|rights|licen[cs]e)\b"
        ),
        450,
    ),
    (r".*\b(?:all rights reserved|tous droits réservés|creative commons|CC BY)\b", 350),
    (
        r".*\bviews?\b.{0,40}\bexpressed\b.{0,200}\b(?:do not|don[’']t|not necessarily|are (?:those|solely|the))\b",
        600,
    ),
    (
        (
            r"[\w’'& .-]{2,60}\b(?:recogni[sz]es|acknowledges|thanks|is grateful (?:to|for))\b.{0,30}"
            r"\b(?:partnerships?|partners|donors|funders|supporters|(?:generous|financial) support)\b"
        ),
        400,
    ),
    (
        (
            r"(?:we|this (?:web)?site) uses? cookies|accept (?:all )?cookies|privacy policy|cookie policy|"
            r"terms (?:of use|and conditions)$"
        ),
        300,
    ),
    (r"(?:article|written|text|story)\s+by\s*:?$|about the authors?\W*$|à propos de l[’']auteure?$", 60),
    (r"(?:(?:last )?updated?|modified|accessed|mis à jour)\b(?: on| le)?\s*:?\s*[\w ,./:-]{4,40}$", 80),
)
_RULES = tuple(
    (re.compile(pattern, re.IGNORECASE), longest)
    for pattern, longest in (*_PICTURES, *_NAVIGATION, *_INVITATIONS, *_RIGHTS)
)


def is_furniture_line(line: str) -> bool:
    """Whether a block, given as one line, is furniture by its wording. Longer blocks match fewer rules.

    `is_furniture_line("Photo by Ines Varga") is True`; `is_furniture_line("Photographs were shown.") is False`
    """
    return any(len(line) <= longest and rule.match(line) for rule, longest in _RULES)
