"""Hostile office files and books: too much, too deep, too far, in circles."""

from __future__ import annotations

from collections.abc import Iterator

from good_files import good_files, replaced, unzipped

_SUBDOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/subDocument"


def files() -> Iterator[tuple[str, bytes]]:
    """Names and contents, made one at a time."""
    yield from _word()
    yield from _slides()
    yield from _workbooks()
    yield from _open_documents()
    yield from _books()


def _word() -> Iterator[tuple[str, bytes]]:
    good = good_files()["good.docx"]
    source = unzipped(good)["word/document.xml"].decode()
    head, end = source[: source.index("<w:body>") + 8], "</w:body></w:document>"
    cell, close = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    for name, body in {
        "two million empty paragraphs": "<w:p/>" * 2_000_000,
        "a million paragraphs": "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_000_000,
        "a million runs": "<w:p>" + "<w:r><w:t>a </w:t></w:r>" * 1_000_000 + "</w:p>",
        "a long run": f"<w:p><w:r><w:t>{'grain ' * 5_000_000}</w:t></w:r></w:p>",
        "tables in tables": cell * 60 + close * 60,
        "tables in tables too deep": cell * 3000 + close * 3000,
        "a wide table": "<w:tbl><w:tr>"
        + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 200_000
        + "</w:tr></w:tbl>",
        "spaces": f"<w:p><w:r><w:t xml:space='preserve'>{' ' * 20_000_000}</w:t></w:r></w:p>",
        "tabs": "<w:p><w:r>" + "<w:tab/>" * 1_000_000 + "</w:r></w:p>",
        "controls in controls": "<w:sdt><w:sdtContent>" * 100 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 100,
    }.items():
        yield f"{name}.docx", replaced(good, "word/document.xml", head + body + end)
    styles = unzipped(good)["word/styles.xml"].decode()
    for name, based in (("itself", "Heading1"), ("another", "Heading2")):
        loop = (
            '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="x"/>'
            f'<w:basedOn w:val="{based}"/></w:style>'
        )
        loop += (
            loop.replace("Heading1", "Heading3")
            .replace("Heading2", "Heading1")
            .replace("Heading3", "Heading2")
        )
        yield (
            f"style based on {name}.docx",
            replaced(good, "word/styles.xml", styles.replace("</w:styles>", loop + "</w:styles>")),
        )
    relations = "word/_rels/document.xml.rels"
    for name, target in (
        ("itself", "document.xml"),
        ("outside", "../../../../etc/passwd"),
        ("nothing", "gone.xml"),
    ):
        relation = f'<Relationship Id="rX" Type="{_SUBDOCUMENT}" Target="{target}"/>'
        yield (
            f"relation to {name}.docx",
            replaced(
                good,
                relations,
                unzipped(good)[relations].decode().replace("</Relationships>", relation + "</Relationships>"),
            ),
        )


def _slides() -> Iterator[tuple[str, bytes]]:
    good = good_files()["good.pptx"]
    slide = unzipped(good)["ppt/slides/slide1.xml"].decode()
    group = (
        "<p:grpSp><p:nvGrpSpPr><p:cNvPr id='9' name='g'/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
    )
    paragraph = "<a:p><a:r><a:t>a</a:t></a:r></a:p>"
    for name, changed in {
        "groups in groups": slide.replace("</p:spTree>", group * 80 + "</p:grpSp>" * 80 + "</p:spTree>"),
        "groups too deep": slide.replace("</p:spTree>", group * 3000 + "</p:grpSp>" * 3000 + "</p:spTree>"),
        "half a million paragraphs": slide.replace("</p:txBody>", paragraph * 500_000 + "</p:txBody>", 1),
        "many groups": slide.replace("</p:spTree>", (group + "</p:grpSp>") * 50_000 + "</p:spTree>"),
    }.items():
        yield f"{name}.pptx", replaced(good, "ppt/slides/slide1.xml", changed)
    members = unzipped(good)
    show = members["ppt/presentation.xml"].decode()
    first = show[show.index("<p:sldId ") : show.index("/>", show.index("<p:sldId ")) + 2]
    yield (
        "one slide 20,000 times.pptx",
        replaced(good, "ppt/presentation.xml", show.replace(first, first * 20_000)),
    )


def _workbooks() -> Iterator[tuple[str, bytes]]:
    good = good_files()["good.xlsx"]
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    cell = '<c r="{}" t="inlineStr"><is><t>a</t></is></c>'
    for name, sheet in {
        "claims everything": '<dimension ref="A1:XFD1048576"/><sheetData><row r="1">'
        + cell.format("A1")
        + "</row></sheetData>",
        "far corner": '<sheetData><row r="1">'
        + cell.format("A1")
        + '</row><row r="1048576">'
        + cell.format("XFD1048576")
        + "</row></sheetData>",
        "far columns": "<sheetData>"
        + "".join(f'<row r="{row}">{cell.format(f"XFD{row}")}</row>' for row in range(1, 3001))
        + "</sheetData>",
        "rows beyond the last": '<sheetData><row r="999999999">'
        + cell.format("A999999999")
        + "</row></sheetData>",
        "a million rows": "<sheetData>"
        + ("<row>" + cell.replace(' r="{}"', "") + "</row>") * 1_000_000
        + "</sheetData>",
        "a million empty rows": "<sheetData>" + "<row/>" * 1_000_000 + "</sheetData>",
        "all merged": '<sheetData><row r="1">'
        + cell.format("A1")
        + '</row></sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        "many merged": '<sheetData><row r="1">'
        + cell.format("A1")
        + "</row></sheetData><mergeCells>"
        + "".join(f'<mergeCell ref="A{row}:XFD{row}"/>' for row in range(2, 3000))
        + "</mergeCells>",
        "shared string out of range": '<sheetData><row r="1"><c r="A1" t="s"><v>999999999</v></c></row></sheetData>',
        "numbers without end": '<sheetData><row r="1"><c r="A1"><v>1e999</v></c><c r="B1"><v>'
        + "9" * 100_000
        + "</v></c></row></sheetData>",
        "a long cell": '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
        + "grain " * 3_000_000
        + "</t></is></c></row></sheetData>",
        "columns formatted": '<cols><col min="1" max="999999999" width="9"/></cols><sheetData/>',
        "nested formula": f'<sheetData><row r="1"><c r="A1"><f>{"(" * 500_000}</f><v>1</v></c></row></sheetData>',
    }.items():
        yield f"{name}.xlsx", replaced(good, "xl/worksheets/sheet1.xml", f"{head}{sheet}</worksheet>")
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + "<si><t>a</t></si>" * 2_000_000
        + "</sst>"
    )
    yield "two million strings.xlsx", replaced(good, "xl/sharedStrings.xml", strings)
    book = unzipped(good)["xl/workbook.xml"].decode()
    first = book[book.index("<sheet ") : book.index("/>", book.index("<sheet ")) + 2]
    yield (
        "one sheet 20,000 times.xlsx",
        replaced(good, "xl/workbook.xml", book.replace(first, first * 20_000)),
    )


def _open_documents() -> Iterator[tuple[str, bytes]]:
    good = good_files()["good.odt"]
    source = unzipped(good)["content.xml"].decode()
    row = "<table:table-row{}><table:table-cell{}><text:p>a</text:p></table:table-cell></table:table-row>"
    rows, columns = (f' table:number-{of}-repeated="1000000000"' for of in ("rows", "columns"))
    for name, body in {
        "a billion spaces": '<text:p>a<text:s text:c="1000000000"/>b</text:p>',
        "many spaces many times": '<text:p>a<text:s text:c="1000000"/>b</text:p>' * 1000,
        "minus a billion spaces": '<text:p>a<text:s text:c="-1000000000"/>b</text:p>',
        "a billion rows": f"<table:table>{row.format(rows, '')}</table:table>",
        "a billion columns": f"<table:table>{row.format('', columns)}</table:table>",
        "a thousand by a million": "<table:table>"
        + row.format(' table:number-rows-repeated="1000000"', ' table:number-columns-repeated="1000"')
        + "</table:table>",
        "lists in lists": "<text:list><text:list-item>" * 100
        + "<text:p>a</text:p>"
        + "</text:list-item></text:list>" * 100,
        "tables in tables": "<table:table><table:table-row><table:table-cell>" * 70
        + "<text:p>a</text:p>"
        + "</table:table-cell></table:table-row></table:table>" * 70,
        "a million paragraphs": "<text:p>a</text:p>" * 1_000_000,
        "a million spans": "<text:p>" + "<text:span>a</text:span>" * 1_000_000 + "</text:p>",
    }.items():
        yield (
            f"{name}.odt",
            replaced(good, "content.xml", source.replace("</office:text>", body + "</office:text>")),
        )


def _books() -> Iterator[tuple[str, bytes]]:
    good = good_files()["good.epub"]
    package = unzipped(good)["OEBPS/book.opf"].decode()
    chapter = unzipped(good)["OEBPS/one.xhtml"].decode()
    item, place = (
        '<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>',
        '<itemref idref="one"/>',
    )
    for name, changed in {
        "one chapter 100,000 times": package.replace(place, place * 100_000),
        "package as chapter": package.replace("one.xhtml", "book.opf"),
        "chapter outside": package.replace("one.xhtml", "../../../../../../etc/passwd"),
        "chapter at an absolute path": package.replace("one.xhtml", "/etc/passwd"),
        "chapter at an address": package.replace("one.xhtml", "http://127.0.0.1:9/one.xhtml"),
        "chapter by a file address": package.replace("one.xhtml", "file:///etc/passwd"),
        "half a million items": package.replace(item, item * 500_000),
    }.items():
        yield f"{name}.epub", replaced(good, "OEBPS/book.opf", changed)
    yield (
        "deep divisions.epub",
        replaced(
            good,
            "OEBPS/one.xhtml",
            chapter.replace("<h1>", "<div>" * 5000 + "<h1>", 1).replace(
                "</body>", "</div>" * 5000 + "</body>"
            ),
        ),
    )
    long = chapter.replace("<h1>", "<p>Grain came. </p>" * 200_000 + "<h1>", 1)
    yield (
        "a long chapter 50 times.epub",
        replaced(
            replaced(good, "OEBPS/one.xhtml", long), "OEBPS/book.opf", package.replace(place, place * 50)
        ),
    )
