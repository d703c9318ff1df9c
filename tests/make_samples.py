"""Writes the sample reports that are binary files: two PDFs and one Word document.

    python tests/make_samples.py [FOLDER]

The text of these reports lives here. Running the script twice gives the same bytes.
"""

import datetime
import io
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    ListFlowable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

SAMPLES = Path(__file__).parent.parent / "assistant" / "samples"
CLOSING_LINE = "Sample report written for Briefing Desk; the publisher is fictional."
INK = colors.HexColor("#1f3a5f")
GREY = colors.HexColor("#555555")
RULE = colors.HexColor("#bbbbbb")

MARGIN = 27 * mm
PADDING = 6  # points that SimpleDocTemplate keeps free inside its frame


@dataclass(frozen=True)
class Report:
    file_name: str
    title: str
    author: str
    publisher: str
    place: str
    published: datetime.date
    keywords: tuple[str, ...]
    body: str  # blocks between blank lines: "# heading", "- item", "| cell | cell"

    @property
    def dateline(self) -> str:
        day = f"{self.published.day} {self.published:%B %Y}"
        return f"{self.author} | {self.place}, {day}"


@dataclass(frozen=True)
class Block:
    kind: str  # "heading", "list", "table", "caption" or "paragraph"
    lines: tuple[str, ...]  # list items and table rows one a line, all else one line

    @property
    def rows(self) -> list[list[str]]:
        return [[cell.strip() for cell in line.strip("| ").split("|")] for line in self.lines]


DISPLACEMENT = Report(
    file_name="2021-03-displacement-and-need.docx",
    title="Need outruns access: displacement in Mali at the start of 2021",
    author="Fanta Sangaré",
    publisher="Inner Delta Relief Observatory",
    place="Mopti",
    published=datetime.date(2021, 3, 9),
    keywords=("Mali", "displacement", "humanitarian access", "Mopti"),
    body="""
More people are living away from home in Mali than at any time since 2013, and the roads
that relief workers need in order to reach them are closing. This report compares the
official figures for the turn of the year with a household survey that the Observatory
carried out in five towns in January and February 2021.

# The number of displaced people

At the end of December 2020 the government and its partners counted 332,957 internally
displaced people in Mali. A year earlier the figure had been 201,429. No region shelters
more of them than Mopti. More than half of the displaced are children. Roughly 140,000
other Malians live as refugees in Mauritania, Niger and Burkina Faso.

# Why people leave

Violence between armed groups that recruit along communal lines explains most departures
from the centre. The massacres in Ogossagou, where at least 157 villagers died in March
2019 and at least 35 more in February 2020, still weigh on every decision to stay or go.
The newer cause is the blockade: fighters of Katiba Macina close the tracks around a
village until its inhabitants give up their self-defence group, or their fields.

Families who were interviewed gave three main reasons for their last move:

- an attack on their own village or the one next to it;
- cattle stolen or grain burnt, so that nothing was left to live on;
- a threat delivered by telephone or by a messenger, with a date attached.

# What our survey found

The Observatory spoke to 1,180 displaced households. In Bandiagara two families out of
three had moved again within the past six months, a sign that the first refuge was not
safe. Food is the most pressing need everywhere except Sévaré, where people put shelter
first.

| Town | Households | Moved again since August | One meal a day or less
| Bandiagara | 312 | 66% | 41%
| Bankass | 204 | 58% | 47%
| Douentza | 238 | 49% | 39%
| Koro | 171 | 61% | 52%
| Sévaré | 255 | 27% | 22%

^ Source: Observatory household survey, 11 January to 19 February 2021.

Koro stands out as the hungriest of the five towns: 52% of the households there eat once
a day at most. Traders have stopped coming because the road from Bankass is mined.

# Money and access

The humanitarian plan for 2021 estimates that 5.9 million people in Mali need assistance
and asks donors for 563 million dollars to reach 4.7 million of them. Money is only half
of the problem. Our partners cancelled 37 of the 122 convoys planned for January and
February because of explosive devices, broken bridges or threats.

# Signs of relief

Not all the news is bad. In January leaders of the Dogon and Fulani communities signed
three peace agreements in the cercle of Koro, with the Centre for Humanitarian Dialogue
as mediator. Several markets opened again within days. The agreements hold as long as
the fighters outside the villages let them hold, and no text binds those fighters.

# Recommendations

- Donors should pay for air transport to Douentza and Koro until the roads are cleared.
- The government should register displaced families within two weeks of their arrival.
- Mediators should be given safe passage by all sides, foreign forces included.

Unless access improves before the rains set in, which usually happens in June, it is
very likely that the number of displaced people will pass 350,000 by the middle of the
year.
""",
)

COUP = Report(
    file_name="2021-06-second-coup-brief.pdf",
    title="Bamako’s second coup: actors, responses and outlook",
    author="Ibrahim Tounkara",
    publisher="Atlas Forum for African Governance",
    place="Dakar",
    published=datetime.date(2021, 6, 9),
    keywords=("Mali", "coup", "transition", "ECOWAS", "France"),
    body="""
For the second time in nine months soldiers have removed the head of state of Mali.
Colonel Assimi Goïta, who led the coup of August 2020 and then served as vice-president,
took the oath as transitional president on 7 June. This brief sets out how it happened,
how partners have responded, and what it means for the fight against jihadist groups.

# What happened

The immediate trigger was a cabinet list. On 24 May President Bah Ndaw and Prime
Minister Moctar Ouane announced a new government in which two colonels of the first coup
lost their posts: Sadio Camara at defence and Modibo Koné at security. Within hours
soldiers drove Ndaw and Ouane to the Kati garrison outside the capital. Both men
resigned there on 26 May, and two days later the Constitutional Court declared the post
vacant and Goïta its holder.

Deeper causes had built up since the winter. The M5-RFP movement, whose protests had
prepared the fall of Ibrahim Boubacar Keïta, felt cheated of its share of power. The
trade union federation UNTM had called its members out on strike in May. Goïta dealt
with both by offering the M5-RFP the government: Choguel Maïga, one of its leaders,
became prime minister on 7 June.

Since independence in 1960 the army has now seized power five times: in 1968, 1991,
2012, 2020 and 2021. None of the earlier juntas handed the state back stronger than it
had found it.

# How partners responded

The region reacted more mildly than in 2020. ECOWAS suspended Mali from its institutions
on 30 May but spared it the trade embargo that had hurt the economy the year before. It
insists that the election date of 27 February 2022 must stand and that Goïta must not be
a candidate.

| Date | Partner | Measure
| 26 May | United States | Security assistance to the army halted
| 30 May | ECOWAS | Suspension from its institutions
| 1 June | African Union | Suspension from its activities
| 3 June | France | Joint operations and military advice suspended
| 4 June | World Bank | Payments for projects paused

^ Measures taken against Mali between 24 May and 9 June 2021.

For the army the French measure weighs most. Since 3 June Barkhane has stopped planning
and fighting together with Malian units, and its officers no longer advise the Malian
staff. Paris, which keeps 5,100 soldiers in the region, made its return dependent on
guarantees about the elections. The pause of the World Bank concerns a portfolio of
about 1.5 billion dollars.

# What it means for security

The jihadist coalition JNIM does not need to do anything new in order to gain. Officers
who should be commanding units in Mopti and Ménaka sit in ministries in Bamako. Without
French drones, helicopters and field hospitals, Malian convoys will move less often and
with more fear. In the south an attack on a checkpoint near Bougouni, in the Sikasso
region, killed five people on 30 May, six days after the arrests in the capital.

A longer shadow falls on the talks. The government of Moctar Ouane had accepted in
principle that envoys should sound out Malian jihadist leaders. Whether the new
authorities wish to continue, and with what mandate, is not known.

# Outlook

The Forum considers it unlikely that elections will be held on 27 February 2022. Voter
rolls are out of date, a constitutional revision has been promised first, and the
colonels have little reason to hurry. It is likely that France will resume some form of
cooperation before the end of the year, since neither side can replace the other at
short notice.

Three indicators deserve attention in the coming weeks:

- whether Camara returns to the defence ministry, which would show who holds power;
- whether ECOWAS names a monitor for the transition with a seat in Bamako;
- whether new partners for training and equipment, Russia first among them, are invited.
""",
)

MINUSMA = Report(
    file_name="2023-07-minusma-exit-assessment.pdf",
    title="Six months to leave: the end of MINUSMA",
    author="Ingrid Solheim and Abdoul Karim Tessougué",
    publisher="Centre for Peacekeeping Transitions",
    place="Geneva",
    published=datetime.date(2023, 7, 21),
    keywords=("Mali", "MINUSMA", "peacekeeping", "Wagner", "humanitarian need"),
    body="""
On 30 June 2023 the Security Council ended the mandate of the United Nations mission in
Mali with a unanimous vote. Resolution 2690 gives MINUSMA until 31 December to bring its
people and equipment out of the country. Never before has a mission of this size been
asked to leave a war zone so fast.

# Why the mission ends now

The request came from the host. On 16 June Foreign Minister Abdoulaye Diop told the
Council that MINUSMA had become part of the problem and must go without delay. Relations
had soured for two years over flight permits, the rotation of contingents and, above
all, the mission’s work on human rights. A report by the UN human rights office,
published on 12 May, concluded that at least 500 people had been killed at Moura in
March 2022, most of them executed by Malian troops and foreign military personnel.

Troop contributors had begun to leave earlier. Côte d’Ivoire and the United Kingdom
announced their departure in November 2022, after 49 Ivorian soldiers had been arrested
at Bamako airport in July of that year, and Germany planned to be out by May 2024.
Peacekeepers paid a heavy price for their presence: more than 300 of them have died
since 2013.

# What leaves with the mission

About 13,000 soldiers and police officers serve in twelve camps, most of them in the
north. Their patrols seldom stopped an attack, but their presence kept airstrips,
hospitals and telephone masts working and gave aid agencies seats on aircraft. The
mission also chaired the meetings that kept the peace agreement of 2015 alive. The
former rebels of the Coordination of Azawad Movements (CMA), who hold Kidal, suspended
their part in that agreement in December 2022.

| Date | Step
| 25 April 2013 | Resolution 2100 creates the mission
| 16 June 2023 | Mali demands withdrawal without delay
| 30 June 2023 | Resolution 2690 ends the mandate
| 30 September 2023 | End of the last tasks to protect civilians nearby
| 31 December 2023 | Withdrawal to be complete

^ The mission from first to last resolution.

# Who may fill the space

The authorities count on their own army and on Wagner. The mutiny of Yevgeny Prigozhin
on 23 and 24 June raised doubts about the second of these, but Foreign Minister Sergey
Lavrov declared within days that Russian instructors would stay in Mali. Even so, Wagner
fields little more than a thousand men in a country twice the size of France.

The former rebels will resist any attempt by the army to occupy the camp at Kidal. The
Islamic State, which took Tidermène in April, already encircles the town of Ménaka. JNIM
can choose between blockade and bargain, town by town.

# People in need

The civilian balance is sobering. According to the official count, 375,539 people were
displaced within Mali in April 2023, down from 412,387 in December 2022. This
year’s humanitarian plan puts the number of people in need at 8.8 million and asks for
751 million dollars. Relief organisations will lose the escorts, flights and medical
evacuations on which they rely in Gao, Ménaka and Timbuktu.

# Judgement

The Centre judges it very likely that fighting between the army and the CMA will break
out before the deadline, with Kidal as the prize. It is unlikely that the withdrawal
will be finished on time without equipment being abandoned. The referendum of 18 June,
in which 97% of those who voted approved a stronger presidency on an official turnout of
39%, has given the junta confidence. It has not given the country an army able to hold
what the United Nations leaves behind.
""",
)


def main(folder: Path = SAMPLES) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for report in (DISPLACEMENT, COUP, MINUSMA):
        write = _word if report.file_name.endswith(".docx") else _pdf
        (folder / report.file_name).write_bytes(write(report))


def _blocks(body: str) -> Iterator[Block]:
    kinds = {"#": "heading", "-": "list", "|": "table", "^": "caption"}
    for text in body.strip().split("\n\n"):
        kind = kinds.get(text[0], "paragraph")
        if kind == "table":
            yield Block(kind, tuple(text.splitlines()))
        elif kind == "list":
            yield Block(kind, tuple(line[2:] for line in text.splitlines()))
        else:
            yield Block(kind, (" ".join(text.lstrip("#^ ").splitlines()),))


# PDF

_BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11.5, leading=17, spaceAfter=8)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=20, leading=24, textColor=INK)
_DATELINE = ParagraphStyle(
    "dateline",
    fontName="Helvetica",
    fontSize=9.5,
    leading=14,
    textColor=GREY,
    spaceBefore=6,
    spaceAfter=6,
)
_HEADING = ParagraphStyle(
    "heading",
    fontName="Helvetica-Bold",
    fontSize=12.5,
    leading=16,
    textColor=INK,
    spaceBefore=8,
    spaceAfter=4,
    keepWithNext=1,
)
_CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=9, leading=12)
_HEAD_CELL = ParagraphStyle("head-cell", parent=_CELL, fontName="Helvetica-Bold", textColor=colors.white)
_CAPTION = ParagraphStyle("caption", parent=_BODY, fontName="Times-Italic", fontSize=9.5, leading=13)
_CLOSING = ParagraphStyle("closing", parent=_CAPTION, spaceBefore=8)


def _pdf(report: Report) -> bytes:
    out = io.BytesIO()
    template = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN - PADDING,
        rightMargin=MARGIN - PADDING,
        topMargin=30 * mm,
        bottomMargin=26 * mm,
        title=report.title,
        author=report.author,
        subject=f"{report.publisher}, {report.published.isoformat()}",
        keywords=list(report.keywords),
        creator=report.publisher,
        invariant=1,
    )
    story: list[Flowable] = [
        Paragraph(report.title, _TITLE),
        Paragraph(f"{report.publisher}<br/>{report.dateline}", _DATELINE),
        HRFlowable(width="100%", color=INK, thickness=1.2, spaceAfter=10),
    ]
    width = A4[0] - 2 * MARGIN
    for block in _blocks(report.body):
        story.extend(_flowables(block, width))
    story.append(Paragraph(CLOSING_LINE, _CLOSING))
    template.build(
        story,
        onFirstPage=partial(_page_furniture, report),
        onLaterPages=partial(_page_furniture, report),
    )
    return out.getvalue()


def _page_furniture(report: Report, canvas: Canvas, _: SimpleDocTemplate) -> None:
    # reportlab's fixed clock says 2000; the file should carry the publication date
    stamp = f"D:{report.published:%Y%m%d}080000Z"
    canvas.setDateFormatter(lambda *_: stamp)
    width, height = A4
    canvas.saveState()
    canvas.setFont("Helvetica", 8.5)
    canvas.setFillColor(GREY)
    canvas.drawString(MARGIN, height - 18 * mm, report.publisher)
    canvas.drawRightString(width - MARGIN, height - 18 * mm, "Policy brief")
    canvas.setStrokeColor(RULE)
    canvas.line(MARGIN, height - 20 * mm, width - MARGIN, height - 20 * mm)
    canvas.drawCentredString(width / 2, 15 * mm, f"Page {canvas.getPageNumber()}")
    canvas.restoreState()


def _flowables(block: Block, width: float) -> list[Flowable]:
    if block.kind == "table":
        return [Spacer(1, 2), _pdf_table(block.rows, width), Spacer(1, 4)]
    if block.kind == "list":
        items = [Paragraph(line, _BODY) for line in block.lines]
        return [ListFlowable(items, bulletType="bullet", start="•", leftIndent=14)]
    style = {"heading": _HEADING, "caption": _CAPTION}.get(block.kind, _BODY)
    return [Paragraph(block.lines[0], style)]


def _pdf_table(rows: list[list[str]], width: float) -> Table:
    first = 0.24 * width
    rest = (width - first) / (len(rows[0]) - 1)
    cells = [
        [Paragraph(cell, _CELL if number else _HEAD_CELL) for cell in row] for number, row in enumerate(rows)
    ]
    table = Table(cells, colWidths=[first] + [rest] * (len(rows[0]) - 1))
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, RULE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


# Word


def _word(report: Report) -> bytes:
    document = docx.Document()
    _word_properties(document, report)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    header = document.sections[0].header.paragraphs[0]
    header.text = report.publisher
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    document.add_heading(report.title, level=0)
    dateline = document.add_paragraph().add_run(f"{report.publisher}\n{report.dateline}")
    dateline.italic = True
    dateline.font.color.rgb = RGBColor(0x55, 0x55, 0x55)
    for block in _blocks(report.body):
        _add_block(document, block)
    document.add_paragraph().add_run(CLOSING_LINE).italic = True

    out = io.BytesIO()
    document.save(out)
    return _with_fixed_times(out.getvalue())


def _word_properties(document: WordDocument, report: Report) -> None:
    moment = datetime.datetime.combine(report.published, datetime.time(8))
    properties = document.core_properties
    properties.title = report.title
    properties.author = report.author
    properties.subject = f"{report.publisher}, {report.published.isoformat()}"
    properties.keywords = ", ".join(report.keywords)
    properties.comments = CLOSING_LINE
    properties.language = "en"
    properties.last_modified_by = report.author
    properties.created = moment
    properties.modified = moment


def _add_block(document: WordDocument, block: Block) -> None:
    if block.kind == "heading":
        document.add_heading(block.lines[0], level=1)
    elif block.kind == "list":
        for line in block.lines:
            document.add_paragraph(line, style="List Bullet")
    elif block.kind == "table":
        _add_table(document, block.rows)
    elif block.kind == "caption":
        document.add_paragraph(block.lines[0], style="Caption")
    else:
        document.add_paragraph(block.lines[0])


def _add_table(document: WordDocument, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Light Grid Accent 1")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _with_fixed_times(package: bytes) -> bytes:
    """The same zip archive with the clock of its entries stopped."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
