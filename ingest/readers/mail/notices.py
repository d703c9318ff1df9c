"""Recognises notices that programs add to mails, such as how to unsubscribe; each row of a table is a rule."""

from __future__ import annotations

import re

# (pattern, length in characters above which a block is not taken for this notice)
_RULES = tuple(
    (re.compile(pattern, re.IGNORECASE), longest)
    for pattern, longest in (
        (
            (
                r".*\b(?:view|read|open|see)\b.{0,30}\b(?:e-?mail|message|newsletter|it)\b.{0,30}"
                r"\b(?:browser|online|web ?page)\b"
            ),
            250,
        ),
        (
            (
                r".*\b(?:trouble|problems?|can[’']t|cannot|unable to)\b.{0,20}\b(?:view(?:ing)?|see(?:ing)?|reading)\b"
                r".{0,30}\b(?:e-?mail|message|newsletter)\b"
            ),
            250,
        ),
        (
            (
                r".*(?:s[’']affiche pas correctement|version en ligne|im browser (?:ansehen|anzeigen|öffnen)|"
                r"online-version|newsletter nicht lesen|nicht richtig (?:dargestellt|angezeigt))"
            ),
            250,
        ),
        (
            (
                r".*\byou(?:[’']re| are| have)? (?:currently )?(?:receiv(?:ed?|ing)|subscribed|getting)\b.{0,60}"
                r"\b(?:e-?mails?|messages?|newsletters?|list)\b"
            ),
            300,
        ),
        (r".*\b(?:update|manage|change|edit)\b.{0,30}\b(?:preferences|subscriptions?)\b", 200),
        (r".*\b(?:unsubscribe|opt[- ]out|abmelden|abbestellen|désabonner|désinscrire|darse de baja)\b", 200),
        (
            r"(?:our (?:mailing|postal) address|add us to your address book|forward (?:this )?to a friend)\b",
            200,
        ),
        (
            (
                r"\W*(?:sent|get|envoyé|gesendet|von meinem|enviado|inviato)\b.{0,20}"
                r"\b(?:iphone|ipad|android|outlook|samsung|blackberry|smartphone|yahoo)\b"
            ),
            100,
        ),
        (r".*\b(?:consider|think of|think about) the environment before\b", 250),
        (
            (
                r"(?=.*\b(?:this|these|the|diese|cette?|ce|questa|la presente|nota)\b.{0,40}"
                r"\b(?:e-?mails?|messages?|communications?|information|transmission|nachricht|mitteilung|courriel|"
                r"messaggio|riservatezza)\b)"
                r".*\b(?:confidential|privileged|intended (?:solely|only|recipients?)|vertraulich\w*|confidentiel\w*|"
                r"riservat\w+|received .{0,40}in error)\b"
            ),
            1500,
        ),
        (r"[\W_]+$", 300),  # a drawn line
    )
)


def is_notice(line: str) -> bool:
    """Whether a block, given as one line, is a notice by a program: how to unsubscribe, that it is confidential, …

    `is_notice("Sent from my iPhone") is True`, `is_notice("The ship was sent from Lindow.") is False`
    """
    return any(len(line) <= longest and rule.match(line) for rule, longest in _RULES)
