"""Hostile PDFs and pictures: circles of objects, pages without number, sizes beyond any paper."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Mapping

Objects = Mapping[int, str | bytes]

_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
_PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
_TEXT = b"BT /F 12 Tf 50 700 Td (The harbour of Lindow handled a third more grain this year.) Tj ET\n"


def files() -> Iterator[tuple[str, bytes]]:
    """Names and contents, made one at a time."""
    yield from structures()
    yield from _streams()
    yield from _broken()
    yield from _pictures()


def structures() -> Iterator[tuple[str, bytes]]:
    """PDFs whose objects refer to each other as they should not."""
    for name, changed in _structures().items():
        yield f"{name}.pdf", pdf(changed)


def pdf(changed: Objects, trailer: str = "") -> bytes:
    """A PDF of one page with some objects changed or added, and a true table of them."""
    objects: dict[int, str | bytes] = {
        1: _CATALOG,
        2: _PAGES,
        3: _PAGE,
        4: stream(_TEXT),
        5: _FONT,
        **changed,
    }
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        body = content.encode("latin-1") if isinstance(content, str) else content
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    rows = (b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size))
    out += b"xref\n0 %d\n%b" % (size, b"".join(rows))
    out += f"trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def stream(content: bytes, entries: str = "", times: int = 0) -> bytes:
    """A stream object, deflated so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = f"/Filter[{'/FlateDecode' * times}]" if times else ""
    return f"<<{entries}{filters}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def _page(**entries: str) -> str:
    return _PAGE[:-2] + "".join(f"/{name} {value}" for name, value in entries.items()) + ">>"


def _resources(entries: str) -> str:
    return _PAGE.replace("/Font<</F 5 0 R>>", f"/Font<</F 5 0 R>>{entries}")


def _structures() -> dict[str, Objects]:
    box = "/MediaBox[0 0 600 800]"
    many = range(10, 20_010)
    item = "<</Title(a)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Dest[3 0 R/Fit]>>"
    outlined = "<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>"
    chain = {n: f"<</Type/Pages/Kids[{n + 1} 0 R]/Count 1/Parent {n - 1} 0 R>>" for n in range(10, 5010)}
    form = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 6 0 R>>>>"
    glyph = "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65/Widths[9]"
    return {
        "page tree holds itself": {2: "<</Type/Pages/Kids[2 0 R]/Count 1>>"},
        "page tree holds itself a thousand times": {2: f"<</Type/Pages/Kids[{'2 0 R ' * 1000}]/Count 1000>>"},
        "page tree holds the catalog": {2: "<</Type/Pages/Kids[1 0 R 3 0 R]/Count 2>>"},
        "page is its own parent": {3: _PAGE.replace("2 0 R", "3 0 R")},
        "a long chain of parents": {2: "<</Type/Pages/Kids[10 0 R]/Count 1>>", **chain, 5010: _PAGE},
        "two billion pages claimed": {2: "<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"},
        "minus one page": {2: "<</Type/Pages/Kids[3 0 R]/Count -1>>"},
        "one page 2,900 times": {2: f"<</Type/Pages/Kids[{'3 0 R ' * 2900}]/Count 2900>>"},
        "one page a million times": {2: f"<</Type/Pages/Kids[{'3 0 R ' * 1_000_000}]/Count 1000000>>"},
        "twenty thousand pages": {
            2: f"<</Type/Pages/Kids[{' '.join(f'{n} 0 R' for n in many)}]/Count 20000>>",
            **dict.fromkeys(many, _PAGE),
        },
        "outlines in a circle": {1: outlined, 6: "<</First 7 0 R/Last 7 0 R/Count 9>>", 7: item},
        "outlines hold themselves": {1: outlined, 6: "<</First 6 0 R/Next 6 0 R/Title(a)>>"},
        "names in a circle": {1: "<</Type/Catalog/Pages 2 0 R/Names<</Dests 6 0 R>>>>", 6: "<</Kids[6 0 R 6 0 R]>>"},
        "structure tree in a circle": {
            1: "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>>>",
            6: "<</Type/StructTreeRoot/K 7 0 R>>",
            7: "<</Type/StructElem/S/P/P 6 0 R/K[7 0 R 7 0 R]>>",
        },
        "huge page": {3: _PAGE.replace(box, "/MediaBox[0 0 1e30 1e30]")},
        "page beyond integers": {3: _PAGE.replace(box, "/MediaBox[-2147483648 -2147483648 2147483647 2147483647]")},
        "page without area": {3: _PAGE.replace(box, "/MediaBox[0 0 0 0]")},
        "page with words for a size": {3: _PAGE.replace(box, "/MediaBox[/a (b) null <<>>]")},
        "page of giant units": {3: _page(UserUnit="1e30")},
        "page turned by 45 degrees": {3: _page(Rotate="45")},
        "contents hold themselves": {4: "[4 0 R 4 0 R]"},
        "contents a million times": {3: _PAGE.replace("4 0 R", f"[{'4 0 R ' * 1_000_000}]")},
        "length refers to itself": {4: b"<</Length 4 0 R>>stream\n" + _TEXT + b"endstream"},
        "length beyond the end": {4: b"<</Length 999999999999>>stream\n" + _TEXT + b"endstream"},
        "form holds itself": _pictured(stream(b"/X Do " * 9, form)),
        "forms doubling": {
            3: _resources("/XObject<</X 10 0 R>>"),
            4: stream(b"/X Do"),
            **{
                n: stream(b"/X Do /X Do", form.replace("6 0 R", f"{n + 1} 0 R")) for n in range(10, 40)
            },
            40: stream(_TEXT, form),
        },
        "glyph draws itself": {
            5: f"{glyph}/Encoding<</Differences[65/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>",
            4: stream(b"BT /F 12 Tf (AAAA) Tj ET"),
            6: stream(b"9 0 d0 BT /F 1 Tf (AAAA) Tj ET"),
        },
        "font of a billion widths": {5: f"{_FONT[:-2]}/FirstChar 0/LastChar 2000000000/Widths[500]>>"},
        "font that is no font": _embedded(stream(b"\0\1\0\0" + b"\xff" * 5_000_000)),
        "font of 200 MB": _embedded(stream(b"\0\1\0\0" + bytes(200_000_000), times=1)),
        "every character is a novel": _mapped(b"1 beginbfchar <41> <" + b"0041" * 5000 + b"> endbfchar")
        | {4: stream(b"BT /F 9 Tf (" + b"A" * 50_000 + b") Tj ET")},
        "all of Unicode mapped": _mapped(
            b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange "
            b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"
        ),
        "arrays in arrays": {6: "[" * 200_000 + "]" * 200_000},
        "dictionaries in dictionaries": {3: _page(A="<</A" * 50_000 + " 1" + ">>" * 50_000)},
        "a title of 10 MB": {6: f"<</Title({'grain ' * 1_700_000})>>"},
        "a picture of 60,000 by 60,000": _pictured(stream(bytes(1000), _image(8, "DeviceRGB"), times=1)),
        "only a picture of 60,000 by 60,000": _pictured(
            stream(bytes(7500 * 60_000), _image(1, "DeviceGray"), times=1)
        ),
    }  # fmt: skip


def _embedded(font: bytes) -> Objects:
    return {5: f"{_FONT[:-2]}/FontDescriptor<</Type/FontDescriptor/FontFile2 6 0 R>>>>", 6: font}


def _mapped(to_unicode: bytes) -> dict[int, str | bytes]:
    return {5: f"{_FONT[:-2]}/ToUnicode 6 0 R>>", 6: stream(to_unicode)}


def _pictured(picture: bytes) -> Objects:
    return {3: _resources("/XObject<</X 6 0 R>>"), 4: stream(b"600 0 0 800 0 0 cm /X Do"), 6: picture}


def _image(bits: int, colours: str) -> str:
    size = "/Width 60000/Height 60000"
    return f"/Type/XObject/Subtype/Image{size}/BitsPerComponent {bits}/ColorSpace/{colours}"


def _streams() -> Iterator[tuple[str, bytes]]:
    yield "a million lines.pdf", pdf({4: stream(_TEXT * 300_000, times=1)})
    yield "a page of 300 MB.pdf", pdf({4: stream(b" " * 300_000_000, times=1)})
    yield "a page deflated ten times.pdf", pdf({4: stream(_TEXT * 100_000, times=10)})
    yield (
        "a million characters in one place.pdf",
        pdf({4: stream(b"BT /F 9 Tf 50 700 Td " + b"(a) Tj 0 0 Td " * 500_000 + b"ET")}),
    )
    yield (
        "a million tiny moves.pdf",
        pdf({4: stream(b"BT /F 9 Tf " + b"1 1 Td (a) Tj " * 500_000 + b"ET", times=1)}),
    )
    yield "graphics states without end.pdf", pdf({4: stream(b"q " * 5_000_000 + _TEXT, times=1)})
    yield "arrays in a page.pdf", pdf({4: stream(b"[" * 1_000_000 + _TEXT, times=1)})
    yield (
        "a long line.pdf",
        pdf({4: stream(b"BT /F 9 Tf 50 700 Td (" + b"grain " * 500_000 + b") Tj ET", times=1)}),
    )
    yield (
        "inline pictures.pdf",
        pdf({4: stream(b"BI /W 60000 /H 60000 /BPC 8 /CS /RGB ID x EI " * 1000 + _TEXT)}),
    )
    yield "paths.pdf", pdf({4: stream(b"0 0 m " + b"1 1 l 9 9 l " * 1_000_000 + b"S " + _TEXT, times=1)})
    yield (
        "one page of 300,000 lines 2,900 times.pdf",
        pdf({2: f"<</Type/Pages/Kids[{'3 0 R ' * 2900}]/Count 2900>>", 4: stream(_TEXT * 300, times=1)}),
    )


def _broken() -> Iterator[tuple[str, bytes]]:
    good = pdf({})
    table = good.rindex(b"xref\n0")
    yield "table before itself.pdf", pdf({}, f"/Prev {table}")
    yield "no table.pdf", good[:table]
    yield "no end.pdf", good[: len(good) // 2]
    yield "only a header.pdf", b"%PDF-1.7\n"
    yield "header late.pdf", b"x" * 1000 + good
    yield "table of a billion.pdf", good.replace(b"xref\n0 6", b"xref\n0 999999999")
    yield "encrypted with nothing.pdf", pdf({}, "/Encrypt<</Filter/Standard>>")
    yield (
        "encrypted with nonsense.pdf",
        pdf({}, "/Encrypt<</Filter/Standard/V 5/R 6/O()/U()/P -1/Length 999999>>/ID[()()]"),
    )
    inner = b"3 0 " + _PAGE.encode()
    for name, extends in (("itself", "6 0 R"), ("nothing", "99 0 R")):
        held = stream(inner, f"/Type/ObjStm/N 99999999/First 4/Extends {extends}")
        rows = b"".join(
            struct.pack(">BIH", *row)
            for row in ((0, 0, 0), (2, 6, 0), (2, 6, 1), (2, 6, 0), (2, 4, 0), (2, 6, 0), (2, 6, 0))
        )
        listed = stream(rows, "/Type/XRef/W[1 4 2]/Size 7/Root 1 0 R/Prev 9")
        body = b"%PDF-1.7\n6 0 obj\n" + held + b"\nendobj\n7 0 obj\n" + listed + b"\nendobj\nstartxref\n"
        yield f"object stream extends {name}.pdf", body + b"%d\n%%%%EOF" % body.index(b"7 0 obj")
    yield (
        "a million objects.pdf",
        b"%PDF-1.7\n" + b"".join(b"%d 0 obj 1 endobj\n" % n for n in range(9, 1_000_000)),
    )
    yield "comments.pdf", b"%PDF-1.7\n" + b"%\n" * 5_000_000 + good[9:]


def _pictures() -> Iterator[tuple[str, bytes]]:
    side = 60_000
    yield "60,000 by 60,000.png", _png(side, side, 1, bytes(side * (side // 8 + 1)))
    yield "60,000 by 60,000 claimed.png", _png(side, side, 8, b"\0" * 1000)
    yield "two billion wide.png", _png(2**31 - 1, 1, 8, b"\0" * 1000)
    yield "no area.png", _png(0, 0, 8, b"")
    yield "20,000 by 20,000.png", _png(20_000, 20_000, 8, bytes(20_000 * 20_001))
    bomb = zlib.compress(bytes(300_000_000), 9)
    yield "text bomb.png", _png(9, 9, 8, bytes(90), (b"zTXt", b"a\0\0" + bomb))
    yield "profile bomb.png", _png(9, 9, 8, bytes(90), (b"iCCP", b"a\0\0" + bomb))
    yield "a hundred thousand chunks.png", _png(9, 9, 8, bytes(90), *[(b"tEXt", b"a\0b")] * 100_000)
    for ending, kind in (("gif", "GIF"), ("tif", "TIFF"), ("webp", "WEBP"), ("jpg", "JPEG"), ("bmp", "BMP")):
        data = _picture(kind)
        yield f"cut in half.{ending}", data[: len(data) // 2]
        yield f"only its mark.{ending}", data[:16]
    yield (
        "60,000 by 60,000.gif",
        b"GIF89a"
        + struct.pack("<HHBBB", side, side, 0x80, 0, 0)
        + bytes(6)
        + b","
        + struct.pack("<HHHHB", 0, 0, side, side, 0)
        + b"\x02\x02\x44\x01\0;",
    )
    yield "60,000 by 60,000.jpg", _claims_size(_picture("JPEG"), side)
    yield (
        "60,000 by 60,000.bmp",
        b"BM\0\0\0\0\0\0\0\0" + struct.pack("<IIiiHHIIIIII", 54, 40, side, side, 1, 24, 0, 0, 0, 0, 0, 0),
    )
    yield "pages in a circle.tif", _tiff(next_page=8)
    yield "a billion tags.tif", b"II*\0\x08\0\0\0\xff\xff" + bytes(1000)
    frames = io.BytesIO()
    from PIL import Image

    pages = [Image.new("L", (40, 40), shade) for shade in range(200)] * 5
    pages[0].save(frames, "TIFF", save_all=True, append_images=pages[1:])
    yield "a thousand pages.tif", frames.getvalue()
    wide = io.BytesIO()
    Image.new("1", (60_000, 20), 1).save(wide, "PNG")
    yield "a ribbon.png", wide.getvalue()


def _png(width: int, height: int, bits: int, pixels: bytes, *more: tuple[bytes, bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), *more, (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _picture(kind: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").save(out, kind)
    return out.getvalue()


def _claims_size(jpeg: bytes, side: int) -> bytes:
    place = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:place] + struct.pack(">HH", side, side) + jpeg[place + 4 :]


def _tiff(next_page: int) -> bytes:
    tags = ((256, 60_000), (257, 60_000), (258, 8), (259, 1), (262, 1), (273, 8), (278, 60_000), (279, 1000))
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return (
        b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + rows + struct.pack("<I", next_page) + bytes(1000)
    )
