"""Is anything left of what was purged, and how large is an index after much replacing?

    python tests/benchmarks/canaries.py [--canaries 100] [--replacements 20]

Adds reports of several formats, each with a word of its own in its text, title and author (and in the name of its
file, which a new version keeps, where it is to be removed); asks about each and
saves the answers and briefings; removes half and replaces the other half; purges; and looks for every word in every
file of the data folder, as UTF-8, UTF-16 and with its zlib-packed parts unpacked. Then replaces every report of an
index again and again, purges, and compares its size with a fresh one. Exit 1 where a word is found, or the size is
more than twice that of a fresh index.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from docx import Document as WordDocument
from hashed_model import HashedModel

from assistant import Assistant, Settings


def left_after_purge(canaries: int, folder: Path) -> tuple[int, list[str]]:
    """How many files of the data folder were searched, and what was found in them."""
    with _open(folder / "data") as desk:
        conversation = desk.history.start("Birds")
        for number in range(canaries):
            desk.add_upload(*report(number))
            answer = desk.ask(f"Which bird nests on island {number}?")
            desk.history.append(conversation, "user", "And this one?")
            desk.history.append(conversation, "assistant", answer.text, answer.to_json())
            if number % 10 == 0:
                briefing = desk.brief(f"Nests on island {number}")
                desk.history.save_briefing("Nests", briefing.to_json())
        desk.store.own("the app")
        before = [word(n) for n in range(canaries) if _found(folder / "data", word(n))]
        assert len(before) == canaries, "a word that was never there proves nothing"
        records = desk.documents()
        desk.remove([one.document_id for one in records[::2]])
        for one in records[1::2]:
            desk.add_upload(
                "other.txt", f"An entirely new text, {one.document_id}.".encode(), replaces=one.document_id
            )
            desk.edit(one.document_id, title="Another", authors=["Somebody"])
        desk.purge()
        found = [
            f"while open: {word(n)} in {name}"
            for n in range(canaries)
            for name in _found(folder / "data", word(n))
        ]
    found += [
        f"closed: {word(n)} in {name}" for n in range(canaries) for name in _found(folder / "data", word(n))
    ]
    return sum(path.is_file() for path in (folder / "data").rglob("*")), found


def sizes(replacements: int, folder: Path) -> tuple[int, int]:
    """Bytes of an index after so many replacements of all its reports and a purge, and of one made afresh."""
    texts = [f"Report {n}.\n\n" + f"The keeper of mill {n} counts sacks of flour. " * 40 for n in range(40)]
    with _open(folder / "worn") as desk:
        for time in range(replacements + 1):
            for number, text in enumerate(texts):
                known = {one.source: one.document_id for one in desk.documents()}
                name = f"mill-{number}.txt"
                desk.add_upload(name, f"{text} Edition {time}.".encode(), replaces=known.get(name))
        desk.purge()
    with _open(folder / "fresh") as desk:
        for number, text in enumerate(texts):
            desk.add_upload(f"mill-{number}.txt", f"{text} Edition {replacements}.".encode())
        desk.store.own("the app")
    return _size(folder / "worn"), _size(folder / "fresh")


def word(number: int) -> str:
    return f"Zqcanary{'abcdefghij'[number // 10 % 10]}{'klmnopqrst'[number % 10]}{number}bird"


def report(number: int) -> tuple[str, bytes]:
    """Name and bytes of a report, in one of three formats, that holds its word everywhere."""
    name = word(number)
    file = name if number % 2 == 0 else f"island-{number}"  # a new version of a report keeps its name
    text = f"The bird {name} nests on island {number}, where {name} was seen in 2021."
    if number % 3 == 0:
        return f"{file}.txt", f"About {name}\n\n{text}\n".encode()
    if number % 3 == 1:
        page = f"<html><head><title>About {name}</title><meta name=author content='A. {name}'></head>"
        return (
            f"{file}.html",
            f"{page}<body><article><h1>About {name}</h1><p>{text}</p></article></body></html>".encode(),
        )
    document, out = WordDocument(), io.BytesIO()
    document.core_properties.author, document.core_properties.title = f"A. {name}", f"About {name}"
    document.add_heading(f"About {name}", 1)
    document.add_paragraph(text)
    document.save(out)
    return f"{file}.docx", out.getvalue()


def _found(folder: Path, wanted: str) -> list[str]:
    """Names of files that hold a word in any form."""
    forms = [wanted.encode(code) for code in ("utf8", "utf-16-le", "utf-16-be")]
    forms += [form.lower() for form in forms]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(form in data for data in _readings(path) for form in forms)
    ]


def _readings(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    yield data
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    for start in (b"\x78\x01", b"\x78\x9c", b"\x78\xda"):
        at = data.find(start)
        while at >= 0:
            with suppress(zlib.error):  # these two bytes may only look like the beginning of something packed
                yield zlib.decompressobj().decompress(data[at:], 1 << 20)
            at = data.find(start, at + 1)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _open(data: Path) -> Assistant:
    return Assistant(Settings(data_dir=data), HashedModel())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--canaries", type=int, default=100)
    parser.add_argument("--replacements", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        files, found = left_after_purge(given.canaries, Path(temporary))
        print(f"{given.canaries} words purged: {len(found)} found in {files} files")
        for line in found[:10]:
            print(f"   {line}")
        worn, fresh = sizes(given.replacements, Path(temporary))
        print(
            f"after {given.replacements} replacements of all and a purge {worn} bytes, fresh {fresh}: "
            f"{worn / fresh:.2f} times"
        )
    return int(bool(found) or worn > 2 * fresh)


if __name__ == "__main__":
    sys.exit(main())
