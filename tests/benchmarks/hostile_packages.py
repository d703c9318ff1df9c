"""Hostile archives and XML: bombs, entities that reach out, lies about sizes, names that are paths."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from good_files import FIRST, good_files, page, replaced, unzipped, zipped

MIB = 1 << 20


@dataclass(frozen=True)
class Outside:
    """What no file may reach: a file on this machine and a server on loopback."""

    secret_file: str  # its absolute path
    server: str  # http://127.0.0.1:PORT


def files(outside: Outside) -> Iterator[tuple[str, bytes]]:
    """Names and contents, made one at a time."""
    yield from _xml(outside)
    yield from _bombs()
    yield from _lies()
    yield from paths()
    yield from _nested()


# The good file and the member of it that the attack is put into.
_CARRIERS = (
    ("docx", "word/document.xml"),
    ("docx", "docProps/core.xml"),
    ("docx", "word/styles.xml"),
    ("docx", "[Content_Types].xml"),
    ("docx", "customXml/item1.xml"),
    ("pptx", "ppt/slides/slide1.xml"),
    ("pptx", "ppt/presentation.xml"),
    ("xlsx", "xl/worksheets/sheet1.xml"),
    ("xlsx", "xl/sharedStrings.xml"),
    ("xlsx", "xl/workbook.xml"),
    ("odt", "content.xml"),
    ("odt", "meta.xml"),
    ("epub", "META-INF/container.xml"),
    ("epub", "OEBPS/book.opf"),
    ("epub", "OEBPS/one.xhtml"),
)


def _xml(outside: Outside) -> Iterator[tuple[str, bytes]]:
    good = good_files()
    for ending, member in _CARRIERS:
        data = good[f"good.{ending}"]
        original = unzipped(data).get(member, b"<PublishDate>x</PublishDate>").decode()
        for attack, source in _attacks(original, outside).items():
            yield f"{attack} in {member.replace('/', '_')}.{ending}", replaced(data, member, source)
    for attack, source in _attacks("<svg><text>Grain</text></svg>", outside).items():
        yield f"{attack} in svg.html", page(f"<p>{FIRST}</p>{source}")
        yield f"{attack} in xhtml.xhtml", source.encode()


def reaching_out(outside: Outside) -> Iterator[tuple[str, bytes]]:
    """Files with XML that would have a file of this machine or an address read."""
    good = good_files()
    for ending, member in _CARRIERS:
        original = unzipped(good[f"good.{ending}"]).get(member)
        for attack, source in _entities(original.decode(), outside).items() if original else ():
            yield (
                f"{attack} in {member.replace('/', '_')}.{ending}",
                replaced(good[f"good.{ending}"], member, source),
            )


def _attacks(original: str, outside: Outside) -> dict[str, str]:
    """XML documents made of a good one by what they declare before it and hold within it."""
    laughs = '<!ENTITY e0 "grain ">' + "".join(
        '<!ENTITY e{} "{}">'.format(level, f"&e{level - 1};" * 10) for level in range(1, 11)
    )
    return {
        "billion laughs": _with(original, laughs, "&e10;"),
        "quadratic blow-up": _with(original, f'<!ENTITY a "{"grain " * 20_000}">', "&a;" * 5000),
        "entity that holds itself": _with(original, '<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;"),
        **_entities(original, outside),
        "deep elements": _with(original, "", "<a>" * 100_000 + "</a>" * 100_000),
        "long attribute": _with(original, "", f'<a b="{"x" * 20 * MIB}"/>'),
    }


def _entities(original: str, outside: Outside) -> dict[str, str]:
    return {
        "file as entity": _with(original, f'<!ENTITY a SYSTEM "file://{outside.secret_file}">', "&a;"),
        "address as entity": _with(original, f'<!ENTITY a SYSTEM "{outside.server}/entity">', "&a;"),
        "address as parameter entity": _with(
            original, f'<!ENTITY % a SYSTEM "{outside.server}/parameter"> %a;', ""
        ),
    }


def _with(original: str, declared: str, inside: str) -> str:
    """`original` with a document type declaration, and `inside` in its first element that holds text."""
    declaration, _, body = original.rpartition("?>")
    root = re.match(r"\s*<([\w:.-]+)", body)
    assert root is not None
    if "</" not in body:
        body = f"{body.rstrip()[:-2]}></{root[1]}>"  # it was one empty element
    text = re.search(r">[^<>\s][^<>]*(?=</)", body) or re.search(r"(?=</[^<]*$)", body)
    assert text is not None
    doctype = f"<!DOCTYPE {root[1]} [{declared}]>" if declared else ""
    start = declaration and declaration + "?>"
    return f"{start}{doctype}{body[: text.end()]}{inside}{body[text.end() :]}"


def _bombs() -> Iterator[tuple[str, bytes]]:
    """A main part that unpacks to 250 MB, which the limits on sizes let pass, and to 1 GB, which they do not."""
    blank = b" " * (250 * MIB)
    good = good_files()
    for ending, member in _CARRIERS:
        if member in (
            "docProps/core.xml",
            "word/styles.xml",
            "customXml/item1.xml",
            "META-INF/container.xml",
        ):
            continue
        original = unzipped(good[f"good.{ending}"])[member]
        head, end, tail = original.rpartition(b"</")
        yield (
            f"250 MB {member.replace('/', '_')}.{ending}",
            replaced(good[f"good.{ending}"], member, head + blank + end + tail),
        )
    for ending in ("docx", "pptx", "xlsx", "odt", "epub", "zip"):
        yield f"1 GB beside.{ending}", _appended(good[f"good.{ending}"], "beside.txt", 1024)
    for method, name in ((zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "lzma")):
        yield f"{name} bomb.zip", zipped({"bomb.txt": blank}, method)
    yield "twenty bombs.zip", zipped({f"bomb {number}.txt": b"grain " * (10 * MIB) for number in range(20)})


def _appended(data: bytes, member: str, mebibytes: int) -> bytes:
    """A ZIP archive with one more member of spaces, written in pieces."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(member, "w") as file:
        for _ in range(mebibytes):
            file.write(b" " * MIB)
    return out.getvalue()


def _lies() -> Iterator[tuple[str, bytes]]:
    """Archives whose directory says what is not so."""
    bomb = zipped({"report.txt": b"grain and harbours. " * (20 * MIB)})
    yield "says 10 bytes.zip", _with_sizes(bomb, 10)
    yield "says 4 GB.zip", _with_sizes(zipped({"report.txt": FIRST}), 0xFFFFFFF0)
    yield "overlapping.zip", _overlapping(2000)
    yield "many entries.zip", zipped({f"{number}.txt": b"" for number in range(60_000)})
    yield "many reports.zip", zipped({f"{number}.txt": FIRST.encode() for number in range(5000)})
    small = bytearray(zipped({"report.txt": FIRST}))
    flags = bytearray(small)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flags[small.find(mark) + offset] |= 1
    yield "encrypted.zip", bytes(flags)
    method = bytearray(small)
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        method[small.find(mark) + offset] = 98
    yield "unknown method.zip", bytes(method)
    yield "prefixed.zip", b"MZ" + b"\0" * 5000 + bytes(small)
    yield "ends early.zip", bytes(small[: small.find(b"PK\x01\x02") + 20])
    for ending in ("docx", "pptx", "xlsx", "odt", "epub"):
        data = good_files()[f"good.{ending}"]
        yield f"says 10 bytes.{ending}", _with_sizes(data, 10)
        yield f"no members.{ending}", zipped({})
        members = list(unzipped(data))
        yield f"empty members.{ending}", zipped(dict.fromkeys(members, b""))
        yield f"twice.{ending}", _twice(data)


def _with_sizes(data: bytes, size: int) -> bytes:
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + offset : place + offset + 4] = struct.pack("<I", size)
            place = changed.find(mark, place + 4)
    return bytes(changed)


def _overlapping(entries: int) -> bytes:
    """Many entries of the directory that all point to one member: 10 MB each."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = b"grain " * (10 * MIB // 6)
    body = packed.compress(content) + packed.flush()
    crc = zlib.crc32(content)
    sizes = struct.pack("<III", crc, len(body), len(content))
    name = b"0000.txt"
    local = (
        b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", 8, 0) + name + body
    )
    central = b"".join(
        b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        + struct.pack("<HHHHHII", 8, 0, 0, 0, 0, 0, 0) + name
        for _ in range(entries)
    )  # fmt: skip
    end = struct.pack("<HHHHIIH", 0, 0, entries, entries, len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end


def _twice(data: bytes) -> bytes:
    """Each member a second time, with other content under the same name."""
    out = io.BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        for name in archive.namelist():
            archive.writestr(name, b"<a/>")
    return out.getvalue()


PATHS = (
    "../../outside.txt",
    "/tmp/outside.txt",
    "C:\\outside.txt",
    "..\\..\\outside.txt",
    "\\\\server\\share\\outside.txt",
    "a\0b.txt",
    "a\nb.txt",
    "CON.txt",
    "~/outside.txt",
    "x" * 250 + ".txt",
    "é" * 120 + ".txt",
    "folder/" * 200 + "deep.txt",
    "\u202etxt.exe",
    "\ud83d.txt".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "",
    " ",
    ".",
    "..",
    "/",
)


def paths() -> Iterator[tuple[str, bytes]]:
    """Archives whose members are named by paths that lead elsewhere, or are links."""
    for number, path in enumerate(PATHS):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            info = zipfile.ZipInfo("placeholder")
            info.filename = path  # as it is: the constructor cuts at NUL
            archive.writestr(info, f"{FIRST} {number}")
        yield f"path {number}.zip", out.getvalue()
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    yield "symbolic link.zip", out.getvalue()


def _nested() -> Iterator[tuple[str, bytes]]:
    data = zipped({"report.txt": FIRST})
    for _ in range(100):
        data = zipped({"inner.zip": data})
    yield "a hundred deep.zip", data
    data = zipped({"bomb.txt": b" " * (50 * MIB)})
    for _ in range(4):
        data = zipped({f"{number}.zip": data for number in range(16)})
    yield "sixteen to the fourth.zip", data
