"""Paths, folders and addresses become single sources, each once, with what is wrong told beside the rest."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ingest import expand


def write(path: Path, text: str = "words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_folders_are_read_in_order_without_hidden_and_lock_files(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.txt",
        "sub/c.md",
        ".hidden.txt",
        ".git/d.txt",
        "~$e.docx",
        "sub/~$f.docx",
        "x.exe",
    ):
        write(tmp_path / name)
    assert [source.name for source in expand([str(tmp_path)])] == ["a.txt", "b.txt", "x.exe", "c.md"]


def test_a_source_is_named_by_its_resolved_path_and_comes_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    (source,) = expand([str(tmp_path / "sub" / ".." / "a.txt"), str(path), str(tmp_path)])
    assert (source.identity, source.path, source.error) == (str(path.resolve()), path.resolve(), None)


def test_links_out_of_a_folder_are_skipped_and_loops_end(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt")
    folder = tmp_path / "folder"
    write(folder / "a.txt")
    (folder / "link.txt").symlink_to(outside)
    (folder / "links").symlink_to(outside.parent)
    (folder / "loop").symlink_to(folder)
    (folder / "endless").symlink_to(folder / "endless")
    assert [source.name for source in expand([str(folder)])] == ["a.txt"]
    # Named by the user, a link is what it leads to.
    assert expand([str(folder / "link.txt")])[0].path == outside.resolve()


def test_addresses_lose_their_fragment_and_only_web_addresses_pass() -> None:
    first, second, *refused = expand(
        [
            "HTTPS://Example.org/a#b",
            "https://example.org/a",
            "http://x.example",
            "file:///etc/passwd",
            "ftp://x.example/a",
            "data:text/plain,a",
        ]
    )
    assert (first.identity, first.address, first.path) == (
        "https://example.org/a",
        "https://example.org/a",
        None,
    )
    assert second.identity == "http://x.example/"
    assert [source.error and source.error.code for source in refused] == ["address_refused"] * 3


def test_what_is_missing_is_a_source_with_an_error(tmp_path: Path) -> None:
    missing, present = expand([str(tmp_path / "none.pdf"), str(write(tmp_path / "a.txt"))])
    assert missing.error is not None
    assert missing.error.code == "missing"
    assert present.error is None
    assert expand(["bad\0name"])[0].error is not None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every file name is text")
def test_a_name_that_is_no_text_becomes_one_and_stays_the_same(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    write(tmp_path / name)
    named, walked = expand([str(tmp_path / name)]), expand([str(tmp_path)])
    assert named == walked
    assert named[0].name.encode("utf8") == b"caf\\udce9.txt"
    assert named[0].path is not None and named[0].path.read_bytes()
