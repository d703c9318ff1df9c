"""Hostile text: pages, mails, tables, Markdown and RTF that nest, repeat or run on; lines made for slow rules."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from good_files import FIRST, good_files, page

MIB = 1 << 20


def files() -> Iterator[tuple[str, bytes]]:
    """Names and contents of all but web pages, made one at a time."""
    yield from _markdown()
    yield from _lines()
    yield from _mails()
    yield from _tables()
    yield from _rich_text()


def pages() -> Iterator[tuple[str, bytes]]:
    """Web pages."""
    for name, body in {
        "100,000 divisions": "<div>" * 100_000 + FIRST + "</div>" * 100_000,
        "100,000 divisions left open": "<div>" * 100_000 + FIRST,
        "100,000 spans": "<p>" + "<span>" * 100_000 + FIRST,
        "a million bold": "<b>" * 1_000_000 + FIRST,
        "tables in tables": "<table><tr><td>" * 3000 + FIRST,
        "lists in lists": "<ul><li>" * 5000 + FIRST,
        "quotes in quotes": "<blockquote>" * 5000 + f"<p>{FIRST}</p>",
        "links left open": "<a href=x>" * 200_000 + FIRST,
        "300,000 paragraphs": "<p>Grain</p>" * 300_000,
        "10,000 real paragraphs": f"<p>{FIRST}</p>" * 10_000,
        "a million breaks": "<p>" + "a<br>" * 1_000_000,
        "a wide table": "<table><tr>" + "<td>a</td>" * 200_000 + "</tr></table>",
        "a long table": "<table>" + "<tr><td>a</td><td>b</td></tr>" * 100_000 + "</table>",
        "spanning cells": "<table>"
        + "<tr><td colspan=99999999 rowspan=99999999>a</td></tr>" * 100
        + "</table>",
        "100,000 headings": "<h1>Grain</h1>" * 100_000,
        "50,000 lists": "<ul><li>a</li></ul>" * 50_000,
        "a million references": "<p>" + "&#x1F600;" * 1_000_000,
        "broken references": "<p>" + "&#" * 1_000_000,
        "a comment left open": f"<p>{FIRST}</p>" + "<!--" * 500_000,
        "a script left open": f"<p>{FIRST}</p><script>" + "</" * 1_000_000,
        "marks left open": "<" * 1_000_000,
        "brackets": "<a b='" * 200_000,
        "an attribute of 10 MB": f"<p title='{'x' * 10 * MIB}'>{FIRST}</p>",
        "100,000 attributes": "<p " + " ".join(f"a{n}='b'" for n in range(100_000)) + f">{FIRST}</p>",
        "a picture of 20 MB": f"<p>{FIRST}</p><img src='data:image/png;base64,{'A' * 20 * MIB}'>",
        "forms in forms": "<form><select><option>" * 20_000,
        "plain text from here": f"<p>{FIRST}</p><plaintext>" + "<p>" * 500_000,
        "a line of 10 MB": f"<p>{'grain ' * (10 * MIB // 6)}</p>",
        "spaces": f"<p>{' ' * 10 * MIB}</p><pre>{' ' * 10 * MIB}</pre>",
        "a drawing in a drawing": "<svg>" * 50_000 + "<math>" * 50_000,
        "shadow of a page": "<html><body>" * 50_000,
    }.items():
        yield f"{name}.html", page(body)
    good = f"<article><p>{FIRST}</p></article>"
    for name, head in {
        "JSON nested": f'<script type="application/ld+json">{"[" * 100_000}</script>',
        "JSON objects nested": '<script type="application/ld+json">' + '{"author":' * 50_000 + "</script>",
        "JSON of 20 MB": f'<script type="application/ld+json">["{"x" * 20 * MIB}"]</script>',
        "JSON author nested": '<script type="application/ld+json">{"@type":"Article","author":'
        + '{"author":' * 900 + '"x"' + "}" * 900 + "}</script>",
        "a JSON number of a million digits": f'<script type="application/ld+json">{"9" * 1_000_000}</script>',
        "10,000 scripts of JSON": '<script type="application/ld+json">{"@type":"Article"}</script>' * 10_000,
        "100,000 descriptions": '<meta name="author" content="Mara Lindqvist">' * 100_000,
        "a title of 10 MB": f"<title>{'grain ' * (10 * MIB // 6)}</title>",
        "a date of 1 MB": f'<meta property="article:published_time" content="{"2021-" * 200_000}">',
        "an author of 1 MB": f'<meta name="author" content="{"Mara, " * 150_000}">',
        "a base elsewhere": '<base href="file:///etc/"><link rel=stylesheet href="passwd">',
        "an unknown character set": '<meta charset="utf-7"><meta charset="x-unknown">',
    }.items():  # fmt: skip
        yield f"{name}.html", page(good, head)


def _mails() -> Iterator[tuple[str, bytes]]:
    head = "From: a@harbours.example\r\nTo: b@harbours.example\r\nSubject: Grain\r\nMIME-Version: 1.0\r\n"
    inner = "Content-Type: message/rfc822\r\n\r\n"
    yield "mail in mail.eml", (head + (inner + head) * 500 + f"\r\n{FIRST}").encode()
    parts = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(2000))
    yield "parts in parts.eml", (head + parts + f"\r\n{FIRST}").encode()
    for name, headers in {
        "100,000 headers": "X-A: b\r\n" * 100_000,
        "a header of 10 MB": f"X-A: {'grain ' * (10 * MIB // 6)}\r\n",
        "a subject of 1 MB": f"Subject: {'grain ' * (MIB // 6)}\r\n",
        "a folded subject": "Subject: a\r\n" + " grain\r\n" * 100_000,
        "100,000 addresses": f"Cc: {', '.join('a@b.example' for _ in range(100_000))}\r\n",
        "an address in comments": f"Cc: {'(' * 50_000}a@b.example\r\n",
        "an address in brackets": f"Cc: {'<' * 50_000}a@b.example\r\n",
        "an address in quotes": "Cc: " + '"' * 50_001 + " a@b.example\r\n",
        "a group without end": f"Cc: {'a:' * 50_000};\r\n",
        "dots for an address": f"Cc: {'.' * 50_000}@{'.' * 50_000}\r\n",
        "encoded words": f"Subject: {' '.join(['=?utf-8?b?R3JhaW4=?='] * 50_000)}\r\n",
        "broken encoded words": f"Subject: {'=?utf-8?b?' * 50_000}\r\n",
        "an unknown encoding": "Subject: =?x-unknown?b?R3JhaW4=?= =?rot13?q?a?= =?idna?q?a?=\r\n",
        "a date of 100 kB": f"Date: {'Mon, ' * 20_000}\r\n",
        "a date beyond time": "Date: Mon, 99 Feb 999999 99:99:99 +999999\r\n",
        "parameters in pieces": "Content-Type: text/plain;\r\n"
        + "".join(f" name*{n}*=utf-8''a;\r\n" for n in range(10_000)),
        "many references": f"References: {' '.join(f'<{n}@b.example>' for n in range(50_000))}\r\n",
        "a boundary of 1 MB": f'Content-Type: multipart/mixed; boundary="{"-" * MIB}"\r\n',
        "no boundary": "Content-Type: multipart/mixed\r\n",
        "base64 that is none": "Content-Transfer-Encoding: base64\r\n",
        "an unknown charset": "Content-Type: text/plain; charset=rot13\r\n",
        "a charset that is a program": "Content-Type: text/plain; charset=zlib_codec\r\n",
    }.items():
        yield f"{name}.eml", (head + headers + f"\r\n{FIRST}").encode()
    yield (
        "quoted without end.eml",
        (head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + "=" * MIB).encode(),
    )
    yield "quoted by levels.eml", (head + "\r\n" + "".join(f"{'>' * n} a\n" for n in range(1500))).encode()
    yield "quoted marks.eml", (head + "\r\n" + ">" * MIB).encode()
    yield "separators.eml", (head + "\r\n" + "-- \n_____\nFrom: a\nSent: b\n" * 20_000).encode()
    yield "on someone wrote.eml", (head + "\r\n" + "On Monday a " * 80_000 + "wrote:").encode()
    part = '--x\r\nContent-Disposition: attachment; filename="{}"\r\n\r\n' + FIRST + "\r\n"
    for name, names in {
        "names that are paths": (
            "../../x.txt",
            "/etc/x.txt",
            "C:\\x.txt",
            "a\0b.txt",
            "x" * 255 + ".txt",
            "..",
            "",
        ),
        "10,000 attachments": (f"{n}.txt" for n in range(10_000)),
    }.items():
        body = "".join(part.format(one) for one in names)
        yield (
            f"{name}.eml",
            (head + 'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + body + "--x--").encode(),
        )
    bombed = base64.encodebytes(b"<p>" + b"<b>" * 300_000).decode()
    yield (
        "a page within.eml",
        (head + f"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{bombed}").encode(),
    )


def _tables() -> Iterator[tuple[str, bytes]]:
    for name, text in {
        "a line of 10 MB": "grain," * (10 * MIB // 6),
        "a cell of 10 MB": f'"{"grain " * (10 * MIB // 6)}",b\nc,d\n',
        "a million rows": "grain,900\n" * 1_000_000,
        "quotes": '"' * MIB,
        "a quote left open": 'a,b\n"' + "grain\n" * (MIB // 6),
        "commas": "," * (4 * MIB),
        "lines of commas": ("," * 1000 + "\n") * 4000,
        "every separator": ",;\t|:" * (MIB // 5),
        "uneven rows": "".join("a," * (n % 300) + "\n" for n in range(10_000)),
        "empty lines": "a,b\n" + "\n" * (4 * MIB),
        "carriage returns": "a,b\r" * (MIB // 4),
        "returns and quotes": 'a,"\r\n' * (MIB // 5),
        "formulas": "=cmd|' /C calc'!A0,@SUM(1+1)\n" * 1000,
        "wide header": ",".join(f"column {n}" for n in range(20_000)) + "\n" + ("x," * 20_000 + "\n") * 50,
    }.items():
        yield f"{name}.csv", text.encode()


def _markdown() -> Iterator[tuple[str, bytes]]:
    for name, text in {
        "lists in lists": "".join("  " * n + "- a\n" for n in range(1500)),
        "quotes in quotes": ">" * 100_000 + " a",
        "quotes and lists": "> - " * 20_000 + "a",
        "links left open": "[" * MIB,
        "pictures left open": "![](" * (MIB // 4),
        "links in links": "[a](" * (MIB // 4),
        "link definitions": "".join(f"[{n}]: /x\n" for n in range(100_000)),
        "one link definition": "[a]: /x\n\n" + "[a]" * 100_000,
        "stars": "*a_ " * (MIB // 4),
        "stars in pairs": "**a *b " * (MIB // 7),
        "backticks": "".join("`" * n + " " for n in range(1400)),
        "code left open": "```\n" * (MIB // 4),
        "comments left open": "<!--" * (MIB // 4),
        "marks left open": "<a " * (MIB // 3),
        "instructions left open": "a <?" * (MIB // 4),
        "declarations left open": "a <![CDATA[" * (MIB // 11),
        "a wide table": "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + "|b" * 20_000 + "|\n",
        "a long table": "|a|b|\n|-|-|\n" + "|c|d|\n" * 100_000,
        "front matter without end": "---\n" + "a: b\n" * 200_000,
        "front matter of one key": f"---\ntitle: {'a ' * (MIB // 2)}\n---\n\n{FIRST}",
        "front matter of spaces": f"---\na{' ' * 100_000}b\n---\n\n{FIRST}",
        "front matter of authors": f"---\nauthor: [{'Mara Lindqvist, ' * 50_000}]\n---\n\n{FIRST}",
        "underlines": "a\n=\n" * (MIB // 4),
        "references": "&#x1F600;" * (MIB // 9),
        "escapes": "\\" * MIB,
        "addresses": "<http://a" * (MIB // 9),
    }.items():
        yield f"{name}.md", text.encode()


def _rich_text() -> Iterator[tuple[str, bytes]]:
    for name, text in {
        "100,000 groups": "{" * 100_000 + FIRST + "}" * 100_000,
        "a million groups left open": "{" * 1_000_000 + FIRST,
        "groups closed too often": FIRST + "}" * 1_000_000,
        "binary beyond the end": r"\bin999999999999 " + FIRST,
        "minus binary": r"\bin-5 " + FIRST,
        "characters beyond Unicode": r"\u99999999999999999999 \u-99999999 ?" * 10_000,
        "broken characters": r"\'zz\'" * 100_000,
        "backslashes": "\\" * MIB,
        "paragraphs": r"\par " * 500_000,
        "cells": r"\trowd" + r"\cell " * 500_000 + r"\row",
        "rows": (r"\trowd\cell\row ") * 200_000,
        "a picture": r"{\pict\pngblip " + "ff" * (5 * MIB) + "}" + FIRST,
        "a font table": r"{\fonttbl" + "".join(rf"{{\f{n} Arial;}}" for n in range(50_000)) + "}" + FIRST,
        "fields in fields": r"{\field{\*\fldinst HYPERLINK}{\fldrslt " * 5000 + FIRST,
        "a long word": r"\pard" + "a" * 5 * MIB,
        "an unknown code page": r"\ansicpg99999\mac " + r"\'e9" * 1000 + FIRST,
        "skipping": r"\uc999999999\u8211 " + FIRST,
        "left-out groups": r"{\*\a " * 50_000 + FIRST,
    }.items():
        yield f"{name}.rtf", (r"{\rtf1\ansi " + text + "}").encode()


# Repeated to a line of 1 MB: what rules for headings, bylines, dates, menus, quotes and sentences look for.
_UNITS = (
    " ", "\t", ".", ". ", "#", "> ", "|", " | ", "*", "_", "-", " - ", "—", "=", "(", "[", '"', "'", "’", "»", "A. ",
    "Aa ", "Aa, ", "By Aa Bb, ", "Aa Bb and ", "1. ", "1 ", "3 May ", "May 3, 2021 ", "2021 ", "published ", "the ",
    "http://", "a@", "www.", "© 2020 ", "share ", "daily ", "is a researcher ", "Dr. ", "[1]", "?!", "。", "\u00a0",
    "\u3000", "😀", "\u200d", "a", "A", "é", "٣", "\u0301", "\ufdfa", "0", "9.", ", ", "; ", "«", "“", "@", "~", "?",
    "e.g. ", "x@y. ", "@a #b ", "a – ", "a-", "»", "$", "^",
)  # fmt: skip
# Repeated to 1 MB in the midst of Markdown: what opens something and may never be closed.
_MARKS = (
    "[", "![", "[a](", "](", "](<", "[[",
    "*", "**", "_", "*a ", "**a** ", "*a_ ", "a_b_", "(", "<", "<a ", "</", "<!--",
    "<!-- -", "<?", "<![CDATA[", "<!a ", "<div>\n", "<b>a</b> ", "&", "&#", "&#x", "`", "` ",
    "``` ", "~~~", "- ", "- - ",
    "* * ", "+ ", "1. ", "> ", "|", "| ", "|a|b|\n", "|-|-|\n", "a|b\n-|-\n", "\\", "\\\n", "\n", " ", "\t", " \n",
    "a\n=\n", "a\n-\n", "# ", "#", "#a\n", "[a]: /x\n", "[a]:\n", "[a]: <", "http://a", "<http://a", "<a@b", "---\n",
    "a: b\n", "- a\n", "    a\n", "- \n", "* a\n  * b\n", "- a\n\n", "1) a\n", "a", "0", ".", "'", '"', "$", "{",
)  # fmt: skip


def _lines() -> Iterator[tuple[str, bytes]]:
    for number, unit in enumerate(_UNITS):
        line = (unit * (MIB // len(unit) + 1))[:MIB]
        yield f"line {number}.txt", f"{FIRST}\n\n{line}x\n\n{FIRST}".encode()
        short = (unit * (190 // len(unit) + 1))[:190]
        yield f"lines {number}.txt", f"{short}x;\n\n".encode() * 1000
    for number, mark in enumerate(_MARKS):
        run = (mark * (MIB // len(mark) + 1))[:MIB]
        yield f"marks {number}.md", f"{FIRST}\n\n{run}x\n\n{FIRST}".encode()
    for number, unit in enumerate((" ", "a", "a ", "a: ", "[", "- a\n", "a-", "a, ", "a and ", '"')):
        yield f"front matter {number}.md", f"---\nauthor: {(unit * MIB)[:MIB]}\n---\n\n{FIRST}".encode()
        yield f"key {number}.md", f"---\na{(unit * MIB)[:MIB]}\n---\n\n{FIRST}".encode()
    yield "a million lines.txt", b"a\n\n" * 1_000_000
    yield "lines of words.txt", b"Grain came in spring\n" * 200_000
    yield "no line ends.txt", (FIRST * 20_000).encode()
    yield "every line end.txt", "a\r\n\v\f\x85\u2028\u2029".encode() * 100_000


def disguises() -> Iterator[tuple[str, bytes]]:
    """Good files under other kinds' names, their beginnings alone, and noise."""
    good = list(good_files().items())
    for (name, data), (other, _) in zip(good, good[1:] + good[:1], strict=True):
        kind, ending = name.partition(".")[2], other.partition(".")[2]
        yield f"{kind} as.{ending}", data
        yield f"beginning.{kind}", data[:8]
        yield f"beginning and nothing.{kind}", data[:8] + bytes(10_000)
        yield f"beginning and noise.{kind}", data[:8] + bytes(range(256)) * 400
        for share in (10, 50, 99):
            yield f"{share} percent.{kind}", data[: len(data) * share // 100]
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    mark = "__properties_version1.0".encode("utf-16-le")
    yield "beginning.msg", ole
    yield "noise.msg", ole + mark + bytes(range(256)) * 400
    for name, sector in (("in a circle", 0), ("beyond the end", 0x7FFFFFFF), ("unset", 0xFFFFFFFE)):
        head = ole + bytes(16) + b"\x3e\0\3\0\xfe\xff\x09\0\x06\0" + bytes(10)
        numbers = (1, sector, 0, 4096, sector, 1, sector, 1, sector, *([sector] * 108))
        body = b"".join(number.to_bytes(4, "little") for number in numbers)
        table = b"".join(n.to_bytes(4, "little") for n in [sector] * 128)
        yield f"sectors {name}.msg", head + body + table + mark + bytes(2000)
