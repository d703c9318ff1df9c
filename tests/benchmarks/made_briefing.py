"""A briefing that is hard to export: 60 citations, quotes of 900 characters, names and quotes from right to left."""

from __future__ import annotations

from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import Briefing, Conflict, Echo, Event, Paragraph, Side, SourceSummary
from assistant.sourcing.sourcing import with_counts

ARABIC = "قال محمد الأمين ولد الشيخ إن القافلة وصلت إلى كيفة في 12 مايو."
HEBREW = "יוסף בן־דוד אמר שהשיירה (שלוש משאיות) הגיעה."
_PLAIN = (
    "Ɗanlami Ndiaye-Şahin of Tângẻr told the envoy that the wells near Zinder were shut again in spring; "
)
_QUOTES = (
    f"{ARABIC} {HEBREW}",
    "Le préfet Ǹdéŷe a fermé l’école – où 37 % des élèves venaient à pied – dès le 3 août.",
    (_PLAIN * 12)[:899] + ".",
    "The envoy محمد الأمين, who speaks Hebrew (יוסף), met 14 elders [12] in Łódź on 3 May 2022.",
    (ARABIC * 20)[:900],
)
_PUBLISHERS = ("وكالة الأنباء", "River Wire", "חדשות הנהר", None, "Agence Étoile")
_AUTHORS = (("يوسف بن علي", "Odile Brandt"), ("José Ngũgĩ",), ())
_HEADINGS = ("القوافل في الربيع", "Wells & walls", "Łódź")
_TITLES = ("تقرير عن القوافل (2022)", "Water & <quays>", "Wells *shut* | again", "Über die Brücke", "שיירות")


def _citation(number: int) -> Citation:
    kind = number % 5
    quote = _QUOTES[(number * 3) % 5]
    return Citation(
        number, f"p{number}", f"d{number % 12}", _TITLES[kind], _AUTHORS[number % 3],
        _PUBLISHERS[kind], ("2022-05-16", "2022-05", "2021", None)[number % 4],
        "https://wire.example/a_b?x=1&y=2" if kind == 2 else f"wire{number}.pdf", number if number % 2 else None,
        (None, "خسائر", "Losses")[number % 3], 0, len(quote), quote, 0, ("F6", "B2", "A1")[number % 3],
    )  # fmt: skip


_CITATIONS = tuple(_citation(number) for number in range(1, 61))


def _sentence(number: int) -> Sentence:
    again = (number - 1,) if number % 7 == 0 else ()
    return Sentence(" ".join(_CITATIONS[number - 1].quote.split()), (number, *again), "verbatim")


MADE = with_counts(
    Briefing(
        topic="convoys of محمد الأمين",
        as_of="2022-06",
        title="Convoys of محمد الأمين",
        refused=False,
        bottom_line=(_sentence(1), _sentence(2)),
        paragraphs=tuple(
            Paragraph(_HEADINGS[at % 3], tuple(map(_sentence, range(3 + 6 * at, 9 + 6 * at))))
            for at in range(7)
        ),
        chronology=tuple(
            Event(f"2022-05-{number - 44:02}", f"An event of {_PUBLISHERS[number % 5]} near كيفة.", (number,), "كيفة",
                  "محمد الأمين", "14 killed")
            for number in range(45, 57)
        ),
        conflicts=(
            Conflict("Dead: 14 or 22", "conflict", (Side(ARABIC, "2022-05-16", (57,)), Side(HEBREW, None, (58,)))),
            Conflict(
                "Trucks: 3 or 5", "update", (Side("3 trucks", "2022-05", (59,)), Side("5 trucks", "2022", (60, 1)))
            ),
        ),
        gaps=("No source says who is meant by محمد.",),
        source_summary=SourceSummary(0, (), None, None, 0, 0.0, ""),
        citations=_CITATIONS,
        model="extractive",
        index_documents=12,
        embedding_model="small",
        seconds=1.0,
        created="2022-06-02T10:00:00+00:00",
        echoes=(Echo("وكالة الأنباء", "copy", (1, 2), ("River Wire, 16 May 2022", "חדשות הנהר, undated")),),
        handling="OFFICIAL – محدود – LIMITED",
    )
)  # fmt: skip
