"""The type of answer a question expects, finer than its question word, and whether a sentence contains one.

"How much did it cost?" expects money and "What was the turnout?" a share; a sentence whose only number is a year has
neither. The rules know word patterns, not subjects.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.language.date_expressions import date_expressions
from assistant.language.words import names, numbers, stems
from ingest.text.date_patterns import ANY_YEAR, MONTHS, WEEKDAYS
from vectorstore.terms import NUMBER_WORDS, fold

AnswerType = Literal[
    "money", "share", "duration", "count", "amount", "year", "date", "place", "reason", "who", "name", "thing"
]

# Each type in words, for sentences like "The sources tell of …, but not the cost".
ANSWER_TYPE_WORDS: dict[AnswerType, str] = {
    "money": "a sum of money",
    "share": "a share or percentage",
    "duration": "how long it lasted",
    "count": "the number",
    "amount": "a figure",
    "year": "the year",
    "date": "the date",
    "place": "the place",
    "reason": "the reason",
    "who": "who it was",
    "name": "the name",
    "thing": "the answer",
}

_NOUN = r"(?:what|which)(?: (?:is|was|were|are))?(?: the| its| their| his| her)?(?: [\w']+){0,2}? "
# The first pattern that matches wins.
_PATTERNS: tuple[tuple[AnswerType, re.Pattern[str]], ...] = (
    (
        "share",
        re.compile(
            r"\b(?:percent\w*|per cent|proportion|turnout|how much of)\b|"
            r"\b(?:what|which|the|how large a|how big a) (?:\w+ )?(?:share|portion|fraction) of\b|"
            r"\b(?:what|which) (?:is|was) the (?:\w+ )?rate\b"
        ),
    ),
    (
        "money",
        re.compile(
            r"\bhow (?:much|expensive)\b.*\b(?:cost|costs|pay|pays|paid|spend|spent|spending|money|earn\w*|worth|sell|"
            r"sold|charge\w*|fund\w*|invest\w*|owe\w*|raise\w*|receive\w*|lend|lent|fine\w*|donat\w*|dollars?|euros?|"
            r"pounds?|francs?|salary|pledg\w*|promis\w*|revenue|income|budget)\b|"
            + _NOUN
            + r"(?:budget|cost|price|salary|revenue|fee|fine|wage|ransom|bounty)\b"
        ),
    ),
    (
        "duration",
        re.compile(
            r"\bhow (?:long|soon)\b(?! ago| (?:is|was|are|were) (?:the|its|their) \w+\s*\?*$)|"
            r"\bhow many (?:\w+ )?(?:years?|months?|weeks?|days?|hours?|minutes?|decades?|centuries)\b"
        ),
    ),
    ("count", re.compile(r"\bhow many\b|\b(?:the|what|which|total) number of\b|\b(?:what|which) number\b")),
    (
        "amount",
        re.compile(
            r"\bhow (?:much|large|big|often|old|far|high|tall|heavy|fast|deep|wide|long)\b|"
            + _NOUN
            + r"(?:number|amount|total|population|figure|toll|size|age|distance|length|height|depth|weight|speed|"
            r"temperature|area|rank|score|limit)\b"
        ),
    ),
    ("year", re.compile(r"\b(?:what|which) (?:\w+ )?(?:year|century|decade)s?\b")),
    (
        "date",
        re.compile(
            r"^(?:[^,?]*, |and |since |until |by |from )?when\b|\bwhen (?:did|was|is|were|are|do|does|will|has|had)\b|"
            r"\b(?:what|which) (?:\w+ )?(?:date|day|month|time|period|era|twelve months)\b|"
            r"\bhow long ago\b"
        ),
    ),
    (
        "place",
        re.compile(
            r"\bwhere\b|\b(?:what|which) (?:\w+ )?(?:countr\w+|cit(?:y|ies)|towns?|regions?|places?|locations?|"
            r"states?|provinces?|areas?|villages?|districts?|continents?|rivers?|settlements?|nations?)\b"
        ),
    ),
    (
        "reason",
        re.compile(
            r"\bwhy\b|\bwhat (?:\w+ )?(?:reason|cause|motiv)\w*\b|\bhow come\b|\bwhat led\b|\bwhat makes\b"
        ),
    ),
    ("who", re.compile(r"\bwho(?:m|se)?\b|\b(?:what|which) (?:\w+ )?(?:person|people|actors?)\b")),
    (
        "name",
        re.compile(
            r"\b(?:what|which) (?:[\w']+ )?(?:groups?|organi[sz]ations?|"
            r"compan(?:y|ies)|leader|author|president|minister|"
            r"official|politician|king|queen|general|commander|body|part(?:y|ies)|team|university|school|force|unit|"
            r"movement|agency|language|river|mountain|book|film|song)\b|"
            r"\bwhat (?:is|was|were|are) (?:the )?names?\b|\b(?:called|named)\s*\?*$"
        ),
    ),
)

_YEAR = re.compile(rf"\b{ANY_YEAR}s?\b|\b\d{{1,2}}(?:st|nd|rd|th) centur\w+|\b\w+ century\b")
# Words of time. "May" and "March" are left to the grammar of dates, as they are ordinary words too.
_TIME_WORD = re.compile(
    r"\b(?:" + "|".join([*sorted(set(MONTHS) - {"may", "march"}), *WEEKDAYS]) + r"|spring|summer|"
    r"autumn|winter|decade|ago|yesterday|today|after|before|during|since|until|when|\d{1,2}\s?[ap]m|"
    r"years?|months?|weeks?|days?)\b"
)
_MONEY = re.compile(
    r"[$€£¥]|\b(?:dollars?|euros?|francs?|pounds?|cents?|pence|yen|yuan|rupees?|rou?bles?|naira|cfa|usd|eur|free)\b"
)
_SHARE = re.compile(
    r"%|\b(?:percent|per cent|percentage|half|halves|thirds?|quarters?|fifths?|tenths?|majority|minority|most|"
    r"one in|out of|all|none|nearly all)\b"
)
_DURATION = re.compile(
    r"\b(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur\w+|overnight|permanent\w*|"
    r"\d{1,2}\s?[ap]m|until|since|by \d{4})\b"
)
_NUMBER_WORDS = re.compile(
    r"\b(?:one|single|hundreds?|thousands?|millions?|billions?|dozens?|several|no|none|nobody|both|pair|couple|twice|"
    r"once|half)\b"
)
# Spans of time, whose numbers count nothing else: "within two weeks".
_SPELL = re.compile(
    rf"\b(?:[\d.,]+|{'|'.join(NUMBER_WORDS[1:13])}|\w+ty|several|half)"
    r"(?: and a half| more)?[ -](?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b"
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result|in order to|so that|thanks to|therefore|hence|thus|reasons?|"
    r"caused?|causes|led to|leads to|driven by|result(?:s|ed)? (?:of|from|in)|for fear|since|given|enabl\w+|"
    r"allow\w*|help\w*|aim\w*|motivat\w+|in protest|in response|exploit\w*|provid\w+|offer\w*|attract\w*|"
    r"to (?!the\b|a\b|an\b|its\b|their\b)\w+|by \w+ing|as (?:it|they|he|she)\b)\b"
)
_SEVERAL = re.compile(
    # "Which towns", "what were the main attacks", but not "what is the status" or "which of the towns is".
    r"\b(?:what|which)(?: (?:are|were|have been)(?: the| all)?)?"
    r"(?: (?!of\b|is\b|was\b|does\b|did\b|has\b|the\b)[\w'-]+){0,2}?"
    r" (?!does\b|was\b|has\b)[a-z]{3,}s\b(?<!ss)(?<!us)(?<!is)|"
    r"\bwho (?:are|were)\b|\b(?:list|enumerate|name (?:all|the|some))\b|"
    r"\b(?:what|which) (?:people|men|women|children)\b"
)


def expected_answer_type(question: str) -> AnswerType:
    """The type of answer a question expects, by its wording.

    >>> expected_answer_type("How many people fled?"), expected_answer_type("What was the turnout?")
    ('count', 'share')
    """
    plain = fold(question)
    return next((answer_type for answer_type, pattern in _PATTERNS if pattern.search(plain)), "thing")


def asks_for_several(question: str) -> bool:
    """True if a question asks for more than one thing.

    >>> asks_for_several("Which towns were attacked?"), asks_for_several("What is the status of the mission?")
    (True, False)
    """
    return _SEVERAL.search(fold(question)) is not None


def contains_type(answer_type: AnswerType, sentence: str, question: str) -> bool:
    """True if a sentence contains an answer of that type that the question does not contain itself.

    >>> contains_type("count", "Twelve guards died in 2019.", "How many guards died?")
    True
    >>> contains_type("count", "The guards died in 2019.", "How many guards died?")
    False
    """
    plain = fold(sentence)
    if answer_type == "money":
        return bool(_MONEY.search(plain)) and bool(_counts(sentence, question) or "free" in plain)
    if answer_type == "share":
        return bool(_SHARE.search(plain))
    if answer_type == "duration":
        return bool(_DURATION.search(plain)) and bool(re.search(r"\d", plain) or numbers(plain))
    if answer_type == "count":
        return bool(set(_counts(sentence, question)) - {"half", "both", "once", "twice"})
    if answer_type == "amount":
        return bool(_counts(sentence, question))
    if answer_type in ("year", "date"):
        years_in_question = set(_YEAR.findall(fold(question)))
        return bool(set(_YEAR.findall(plain)) - years_in_question) or (
            answer_type == "date"
            and bool(_TIME_WORD.search(plain) or any(date.month for date in date_expressions(sentence)))
        )
    if answer_type == "reason":
        return bool(_REASON.search(plain))
    if answer_type in ("who", "place", "name"):
        question_stems = set(stems(question))
        return any(not set(stems(name)) <= question_stems for name in names(sentence, first_word=True))
    return True


def _counts(sentence: str, question: str) -> list[str]:
    """The numbers of a sentence that count something, without dates, spans of time, and numbers of the question.

    >>> _counts("On 3 May 2019 twelve guards and 300 men died within two weeks.", "Did 300 men die?")
    ['12']
    """
    for date in reversed(date_expressions(sentence)):
        sentence = f"{sentence[: date.start]} {sentence[date.end :]}"
    plain = _SPELL.sub(" ", _YEAR.sub(" ", fold(sentence)))
    values = [f"{value:g}" for value in numbers(plain) - numbers(question)]
    return values + [match[0] for match in _NUMBER_WORDS.finditer(plain)]
