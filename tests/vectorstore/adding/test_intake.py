"""Reading one item: its bytes, its depth, its members, and what it duplicates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from putting import HERONS, OTTERS, put
from working import statuses

from ingest import Attachment, Block, Document, IngestError, Metadata, Source
from vectorstore import Store
from vectorstore.adding import intake
from vectorstore.adding.intake import AddItem
from vectorstore.adding.outcome import AddedDocument


def test_pages_that_were_not_read_are_tried_again(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(data: bytes, name: str, address: str | None = None) -> Document:
        told = {"pages": "no text on page 2."} if len(read) < 2 else {}
        text = HERONS if len(read) < 2 else HERONS + OTTERS
        read.append(name)
        return Document(text, (Block(0, len(text)),), "pdf", Metadata(found=told), 2)

    read: list[str] = []
    monkeypatch.setattr(intake, "read_isolated", half)
    assert [statuses(store, folder / "herons.txt") for _ in range(4)] == [
        ["added"], ["unchanged"], ["replaced"], ["unchanged"],
    ]  # fmt: skip
    assert len(read) == 3


def item(depth: int = 0, **fields: Any) -> AddItem:
    return AddItem((7,), "test:all", "all", depth=depth, **fields)


def container(kind: str, *attachments: Attachment) -> Document:
    return Document("", (), kind, attachments=attachments)


SMALL = Attachment("herons.txt", b"The herons nest in March.")
BOMB = Attachment("bomb.txt", bytes(3 * 2**20))


@pytest.mark.parametrize(
    ("document", "depth", "code"),
    [
        (container("zip", SMALL), 1, None),  # an archive within an archive
        (container("zip", SMALL), 2, "too_deep"),
        (container("eml", SMALL), 4, None),  # mails within mails
        (container("eml", SMALL), 5, "too_deep"),
        (container("eml"), 9, None),  # a mail without attachments opens nothing
        (container("zip", BOMB), 0, None),  # the user's own file may be compressed well
        (container("zip", BOMB), 1, "too_large"),
    ],
)
def test_containers_open_only_so_deep_and_so_wide(document: Document, depth: int, code: str | None) -> None:
    size = 100_000  # bytes: ten times as many, and a megabyte, stay below three
    if code is None:
        intake._check_depth(item(depth), document, size)
    else:
        with pytest.raises(IngestError, match="Unpack it") as refused:
            intake._check_depth(item(depth), document, size)
        assert refused.value.code == code


def test_members_have_names_of_their_own_and_all_corrections_but_the_title() -> None:
    mail = item(corrected={"title": "A mail", "publisher": "Delta Watch"}, parent="outer")
    document = container("eml", SMALL, Attachment("b.txt", b"b"), Attachment("herons.txt", b"others"))
    members = intake._members(mail, document, "mail")
    assert [member.identity for member in members] == [
        "test:all!/herons.txt",
        "test:all!/b.txt",
        "test:all!/herons.txt#2",
    ]
    assert [member.order for member in members] == [(7, 0), (7, 1), (7, 2)]
    assert {member.depth for member in members} == {1} and {member.parent for member in members} == {"mail"}
    assert all(member.corrected == {"publisher": "Delta Watch"} for member in members)
    [member] = intake._members(mail, container("zip", SMALL), None)
    assert member.parent == "outer", "what an archive holds came with the mail around it"


@pytest.mark.parametrize(
    ("name", "code"), [("missing.txt", "unreadable"), ("folder", "unreadable"), ("huge.txt", "too_large")]
)
def test_a_file_that_cannot_be_read_fails_with_a_reason(
    quick_store: Store, tmp_path: Path, name: str, code: str
) -> None:
    (tmp_path / "folder").mkdir()
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(201 * 2**20)  # sparse: takes no room
    source = Source(str(tmp_path / name), name, path=tmp_path / name)
    read = intake.read_item(quick_store, item(source=source), lambda _: False)
    assert isinstance(read.outcome, AddedDocument) and read.outcome.status == "failed"
    assert read.outcome.error is not None and read.outcome.error[0] == code
    assert name in read.outcome.error[1]


def test_a_duplicate_of_what_is_still_queued_is_deferred_once(quick_store: Store) -> None:
    put(quick_store, "herons", HERONS)
    copy = AddItem((0,), "test:copy", "copy.txt")
    settled = intake.find_duplicate(quick_store, copy, lambda _: False, text=HERONS)
    assert settled is not None and settled.source == "herons"

    def pending(identity: str) -> bool:
        return identity == "test:herons"

    with pytest.raises(intake.Deferred):
        intake.find_duplicate(quick_store, copy, pending, text=HERONS)
    assert intake.find_duplicate(quick_store, replace(copy, again=True), pending, text=HERONS) is None
    assert intake.find_duplicate(quick_store, copy, pending, text=OTTERS) is None
    itself = AddItem((0,), "test:herons", "herons.txt")
    assert intake.find_duplicate(quick_store, itself, pending, text=HERONS) is None
