"""Files, folders and addresses are added, replaced or known again; every source gets a line in the report."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from putting import CRANES, HERONS, OTTERS
from working import statuses

from vectorstore import Store
from vectorstore.adding.add import AddProgress, add


def test_a_folder_goes_in_and_adding_it_again_changes_nothing(store: Store, folder: Path) -> None:
    assert statuses(store, folder) == ["added", "added"]
    revision = store.ledger.revision
    assert statuses(store, folder) == ["unchanged", "unchanged"]
    assert store.ledger.revision == revision


def test_a_changed_file_replaces_its_old_version(store: Store, folder: Path) -> None:
    statuses(store, folder)
    (folder / "herons.txt").write_text(HERONS.replace("412", "390"), "utf8")
    assert statuses(store, folder) == ["replaced", "unchanged"]
    assert "390" in store.search("nests").passages[0].text


def test_the_same_bytes_or_text_elsewhere_are_a_duplicate_of_the_first(store: Store, folder: Path) -> None:
    first = add(store, [str(folder / "herons.txt")]).documents[0].record
    (folder / "copy.txt").write_text(HERONS, "utf8")
    (folder / "respaced.txt").write_text(HERONS.replace(" ", "  "), "utf8")
    report = add(store, [str(folder / "copy.txt"), str(folder / "respaced.txt")])
    assert [one.status for one in report.documents] == ["duplicate", "duplicate"]
    assert first is not None and {one.to_json()["document_id"] for one in report.documents} == {
        first.document_id
    }


@pytest.mark.parametrize("text", ["as it was", "its white space"])
@pytest.mark.parametrize("old", ["report-old.txt", "report2.txt"])  # read before and after report.txt
def test_what_a_rotated_file_held_is_not_lost(store: Store, tmp_path: Path, old: str, text: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "report.txt").write_text(HERONS)
    statuses(store, folder)
    (folder / old).write_text(HERONS if text == "as it was" else HERONS.replace(" ", "  "))
    (folder / "report.txt").write_text(OTTERS)
    report = add(store, [str(folder)])
    assert {one.source: one.status for one in report.documents} == {old: "added", "report.txt": "replaced"}
    assert "412" in store.search("nests of herons").passages[0].text
    assert set(statuses(store, folder)) == {"unchanged"}


@pytest.mark.parametrize("turn", [1, -1])
def test_files_that_change_places_all_have_their_new_content(store: Store, tmp_path: Path, turn: int) -> None:
    contents = [HERONS, OTTERS, CRANES]
    for place, content in enumerate(contents):
        (tmp_path / f"{place}.txt").write_text(content)
    paths = sorted(tmp_path.glob("*.txt"))
    statuses(store, *paths)
    for place, path in enumerate(paths):
        path.write_text(contents[(place + turn) % 3])
    assert statuses(store, *paths) == ["replaced"] * 3
    assert [store.text(one.document_id).strip() for one in store.documents()] == [
        path.read_text().strip() for path in paths
    ]


@pytest.mark.parametrize("copy", [HERONS, HERONS.replace(" ", "  ")], ids=["bytes", "words"])
def test_what_a_file_held_before_it_became_a_copy_is_found_no_more(
    store: Store, folder: Path, copy: str
) -> None:
    statuses(store, folder)
    (folder / "otters.md").write_text(copy, "utf8")
    assert statuses(store, folder / "otters.md") == ["duplicate"]
    assert [one.source for one in store.documents()] == ["herons.txt"]
    assert all("otters" not in one.text for one in store.search("otters at dusk").passages)
    (folder / "otters.md").write_text("# " + OTTERS, "utf8")
    assert statuses(store, folder) == ["unchanged", "added"]


def test_a_copy_that_comes_before_its_first_is_still_its_duplicate(store: Store, folder: Path) -> None:
    statuses(store, folder)
    (folder / "a-copy.txt").write_text(HERONS, "utf8")
    seen: list[AddProgress] = []
    assert statuses(store, folder, progress=seen.append) == ["duplicate", "unchanged", "unchanged"]
    assert seen[-1].done == seen[-1].total == 3


def test_one_bad_file_stops_none_of_the_others(store: Store, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "empty.txt").write_text("")
    (folder / "picture.xyz").write_bytes(bytes(range(256)) * 20)
    report = add(store, [str(folder), str(folder / "nowhere.txt")])
    failed = {one.source: one.error for one in report.documents if one.status == "failed"}
    assert len(store.documents()) == 2
    assert {Path(name).name for name in failed} == {"broken.pdf", "empty.txt", "picture.xyz", "nowhere.txt"}
    assert all(error is not None and len(error[1]) > 20 for error in failed.values())
    assert all(one.to_json()["document_id"] is None for one in report.documents if one.status == "failed")


def test_what_the_user_states_overrides_what_was_read(store: Store, folder: Path) -> None:
    stated = {"publisher": "Delta Watch", "published": "2022-02", "tags": ["birds"]}
    record = add(store, [str(folder / "herons.txt")], corrected=stated).documents[0].record
    assert record is not None
    assert (record.publisher, record.published, record.tags) == ("Delta Watch", "2022-02", ("birds",))


def test_tags_of_the_front_matter_are_the_document_s_until_people_set_others(
    store: Store, folder: Path
) -> None:
    (folder / "otters.md").write_text(f"---\ntags: [rivers, otters]\n---\n# {OTTERS}", "utf8")
    [added] = add(store, [str(folder / "otters.md")]).documents
    assert added.record is not None and added.record.tags == ("rivers", "otters")
    [again] = add(store, [str(folder / "otters.md")], corrected={"tags": ["mammals"]}).documents
    assert again.record is not None and again.record.tags == ("mammals",)


def test_a_file_s_time_is_never_its_date(store: Store, folder: Path) -> None:
    record = add(store, [str(folder / "herons.txt")]).documents[0].record
    assert record is not None and record.published is None


def test_progress_is_told_for_every_source(store: Store, folder: Path) -> None:
    seen: list[AddProgress] = []
    add(store, [str(folder)], progress=seen.append)
    assert {(one.name, one.state) for one in seen} >= {("herons.txt", "reading"), ("otters.md", "done")}
    assert seen[-1].done == seen[-1].total == 2


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_is_added_by_its_address_only_where_private_ones_are_allowed(store: Store, site: str) -> None:
    refused = add(store, [f"{site}/herons.txt"]).documents[0]
    assert refused.error is not None and refused.error[0] == "address_refused"
    assert statuses(store, f"{site}/herons.txt", allow_private=True) == ["added"]
    assert store.documents()[0].source == f"{site}/herons.txt"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<link rel="canonical" href="https://Delta.example/herons#top">', "https://delta.example/herons"),
        ('<meta property="og:url" content="https://delta.example/h">', "https://delta.example/h"),
        ('<link rel="canonical" href="/herons">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
    ],
)
def test_a_saved_page_knows_its_address(store: Store, folder: Path, link: str, address: str | None) -> None:
    page = folder / "saved.html"
    page.write_text(f"<html><head><title>Herons</title>{link}</head><body><p>{HERONS}</p></body></html>")
    [added] = add(store, [str(page)]).documents
    assert added.record is not None and added.record.address == address
    assert store.documents()[0].address == address
