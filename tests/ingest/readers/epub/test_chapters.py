"""A page of a book gives what it shows, and nothing that it hides."""

from __future__ import annotations

import io
import zipfile

from book_samples import epub, kinds, lines, packed
from ingest_samples import FIRST, SECOND

from ingest import read


def test_lists_and_tables_of_a_book_stay_lists_and_tables() -> None:
    body = f"""<p>{FIRST}</p><ul><li><p>By weight</p></li><li>By length<ul><li>Of the keel</li></ul></li></ul>
    <ol start="3"><li>Cranes</li><li>Quays</li></ol><table><caption>Fees in 2021</caption>
    <tr><th>Harbour</th><th>Ship</th><th>Fee</th></tr>
    <tr><td rowspan="2">Lindow</td><td>small</td><td>12</td></tr><tr><td>large</td><td>19</td></tr></table>"""
    document = read(epub({"a.xhtml": body}), "book.epub")
    assert lines(document)[1:] == [
        "• By weight",
        "• By length",
        "• Of the keel",
        "3. Cranes",
        "4. Quays",
        "Fees in 2021",
        "Harbour: Lindow; Ship: small; Fee: 12",
        "Harbour: Lindow; Ship: large; Fee: 19",
    ]
    assert kinds(document)["3. Cranes"] == "list"
    assert kinds(document)["Fees in 2021"] == "furniture"


def test_what_a_page_of_a_book_does_not_show_is_left_out() -> None:
    body = (
        f'<style>p {{}}</style><p>{FIRST}<span epub:type="pagebreak" title="7">7</span></p><p hidden="">gone</p>'
        '<p>One<br/>two 10<sup>6</sup> t, <q>so&nbsp;they</q> said<span class="pagenum">[8]</span> '
        "&eacute;t&eacute;.</p>"
    )
    assert lines(read(epub({"a.xhtml": body}), "book.epub")) == [
        FIRST,
        "One\ntwo 10⁶ t, “so they” said été.",
    ]


def test_broken_markup_is_read_all_the_same() -> None:
    pages = {"a.xhtml": f'<p><a id="x"/>{FIRST}<p>{SECOND} <b>and so on', "b.xhtml": ""}
    data = epub(pages, more={"OPS/b.xhtml": b""})
    assert lines(read(data, "book.epub"))[:2] == [FIRST, f"{SECOND} and so on"]


def test_entities_of_a_book_reach_no_file_and_are_not_multiplied() -> None:
    data = epub({"a.xhtml": f"<p>{FIRST} &x; &b;</p>"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != "mimetype"}
    declared = (
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "boom"><!ENTITY b "&a;&a;">]>'
    )
    members["OPS/a.xhtml"] = members["OPS/a.xhtml"].replace(b"<!DOCTYPE html>", declared)
    text = read(packed("application/epub+zip", members), "book.epub").text
    assert FIRST in text
    assert "root:" not in text
    assert "boom" not in text
