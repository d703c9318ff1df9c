"""add, list, show, edit, grade, remove and purge."""

from __future__ import annotations

import shutil
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.reports import progress_of
from vectorstore.adding.add import AddProgress

DOCUMENT = {
    "document_id", "title", "authors", "publisher", "published", "source", "kind", "language", "tags", "pages",
    "passages", "characters", "added",
}  # fmt: skip


def test_a_folder_is_added_and_every_failure_is_told_with_the_rest_done(
    briefing: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "note.txt").write_text(
        "A note\n\nThe well at Nioro was dug in 1998 by hand.\n", "utf8"
    )
    (folder / "empty.txt").write_text("")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "~$note.txt").write_text("a lock file of an office program")
    run = briefing("add", folder, tmp_path / "nowhere.txt", "--json")
    rows = {row["source"]: row for row in run.json["documents"]}
    assert run.status == 1 and set(rows) == {"note.txt", "empty.txt", "broken.pdf", "nowhere.txt"}
    assert all(DOCUMENT | {"status", "error"} <= set(row) for row in rows.values())
    assert rows["note.txt"]["status"] == "added" and rows["note.txt"]["error"] is None
    for name in ("empty.txt", "broken.pdf", "nowhere.txt"):
        assert rows[name]["status"] == "failed" and rows[name]["document_id"] is None
        assert rows[name]["error"]["code"] and rows[name]["error"]["message"] in run.err


def test_adding_again_is_unchanged_and_a_copy_is_a_duplicate(
    briefing: Any, index: Path, tmp_path: Path
) -> None:
    again = briefing("add", index, "--json")
    assert again.status == 0 and {row["status"] for row in again.json["documents"]} == {"unchanged"}
    shutil.copy(index / "fish.txt", tmp_path / "copy.txt")
    (row,) = briefing("add", tmp_path / "copy.txt", "--json").json["documents"]
    first = next(one for one in again.json["documents"] if one["source"] == "fish.txt")
    assert (row["status"], row["document_id"]) == ("duplicate", first["document_id"])


def test_a_changed_file_replaces_its_old_version_under_the_same_id(briefing: Any, tmp_path: Path) -> None:
    path = tmp_path / "well.txt"
    path.write_text("The well at Nioro\n\nThe well at Nioro was dug in 1998.\n", "utf8")
    (first,) = briefing("add", path, "--json").json["documents"]
    path.write_text("The well at Nioro\n\nThe well at Nioro was dug in 1999.\n", "utf8")
    (second,) = briefing("add", path, "--json").json["documents"]
    assert second["status"] == "replaced" and second["document_id"] == first["document_id"]
    assert "1999" in briefing("show", first["document_id"], "--text").out


def test_what_is_given_with_add_stands_over_what_was_read(briefing: Any, tmp_path: Path) -> None:
    path = tmp_path / "well.txt"
    path.write_text("The well at Nioro\n\nThe well at Nioro was dug in 1998.\n", "utf8")
    given = ["--title", "Wells", "--author", "A. Sy", "--author", "B. Ba", "--publisher", "Water Desk"]
    given += ["--published", "2021-05", "--tag", "water", "--tag", "nioro"]
    (row,) = briefing("add", path, *given, "--json").json["documents"]
    assert (row["title"], row["authors"], row["publisher"]) == ("Wells", ["A. Sy", "B. Ba"], "Water Desk")
    assert (row["published"], sorted(row["tags"])) == ("2021-05", ["nioro", "water"])


def test_show_text_writes_the_extracted_text_and_nothing_else(made_index: Path, tmp_path: Path) -> None:
    shutil.copytree(made_index / "data", tmp_path / "data")
    from assistant import Assistant

    with Assistant.open(tmp_path / "data") as desk:
        record = next(one for one in desk.documents() if one.source == "bridge.txt")
        text = desk.text(record.document_id)
    code = "from assistant.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        code,
        "--data-dir",
        str(tmp_path / "data"),
        "show",
        record.document_id,
        "--text",
    ]
    # Even on a terminal that speaks no UTF-8.
    run = subprocess.run(command, capture_output=True, timeout=120, env={"PYTHONIOENCODING": "ascii"})
    assert run.stdout == text.encode("utf8") and "🌉" in text and b"\r" not in run.stdout


def test_show_takes_the_beginning_of_an_id(briefing: Any, ids: dict[str, str]) -> None:
    whole = ids["fish.txt"]
    assert briefing("show", whole[:10], "--json").json["document_id"] == whole
    assert set(briefing("show", whole, "--json").json) >= DOCUMENT


def test_an_edit_is_seen_and_survives_adding_again(briefing: Any, index: Path, ids: dict[str, str]) -> None:
    one = ids["fish.txt"]
    edited = briefing(
        "edit", one, "--publisher", "River Desk", "--published", "2022", "--credibility", 2, "--json"
    )
    assert edited.json["publisher"] == "River Desk" and edited.json["credibility"] == 2
    assert briefing("add", index).status == 0
    shown = briefing("show", one, "--json").json
    assert (shown["publisher"], shown["published"], shown["credibility"]) == ("River Desk", "2022", 2)


def test_a_date_that_cannot_be_is_refused_and_changes_nothing(briefing: Any, ids: dict[str, str]) -> None:
    one = ids["fish.txt"]
    before = briefing("show", one, "--json").json
    run = briefing("edit", one, "--published", "2023-02-30", "--title", "Other")
    assert run.status == 2 and "2023-02-30" in run.err
    assert briefing("show", one, "--json").json == before


def test_a_grade_is_shown_with_every_document_of_its_publisher(briefing: Any, ids: dict[str, str]) -> None:
    briefing("edit", ids["fish.txt"], "--publisher", "River Desk")
    assert briefing("grade", "River Desk", "b", "--json").json == {"publisher": "River Desk", "grade": "B"}
    assert briefing("show", ids["fish.txt"], "--json").json["grade"] == "B"


def test_remove_hides_at_once_and_tells_unknown_ids_apart(briefing: Any, ids: dict[str, str]) -> None:
    run = briefing("remove", "nothing", ids["fish.txt"], "--json")
    assert run.status == 1 and run.json["removed"] == [ids["fish.txt"]] and "nothing" in run.err
    assert [one["source"] for one in briefing("list", "--json").json["documents"]] == ["bridge.txt"]
    found = briefing("search", "undersized fish", "--json").json["passages"]
    assert ids["fish.txt"] not in {one["document_id"] for one in found}


def test_a_mail_is_removed_and_what_came_with_it_even_where_both_are_named(
    briefing: Any, tmp_path: Path
) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Wells", "Awa Sy <awa@wells.example>"
    message.set_content("The list of wells is attached, as you asked on Monday.\n")
    message.add_attachment("The well at Nioro was dug in 1998 by hand.\n", filename="wells.txt")
    (tmp_path / "wells.eml").write_bytes(message.as_bytes())
    both = [row["document_id"] for row in briefing("add", tmp_path / "wells.eml", "--json").json["documents"]]
    run = briefing("remove", *both, both[0], "--json")
    assert (run.status, run.json) == (0, {"removed": both, "errors": [], "rested_on": []})
    assert briefing("list", "--json").json["documents"] == []


def test_a_removed_document_added_again_is_added(briefing: Any, index: Path, ids: dict[str, str]) -> None:
    briefing("remove", ids["fish.txt"])
    (row,) = briefing("add", index / "fish.txt", "--json").json["documents"]
    assert (row["status"], row["document_id"]) == ("added", ids["fish.txt"])


def test_purge_asks_first_and_then_no_byte_is_left(
    briefing: Any, ids: dict[str, str], tmp_path: Path
) -> None:
    briefing("remove", ids["fish.txt"])
    refused = briefing("purge", "--json")  # nobody is there to answer
    assert refused.status == 1 and refused.json["error"]["code"] == "not_confirmed"
    assert briefing("purge", typed="n\n").status == 1
    done = briefing("purge", "--yes", "--json")
    assert done.status == 0 and done.json == {"purged": 1, "redacted": []}
    left = [
        path
        for path in (tmp_path / "data").rglob("*")
        if path.is_file() and b"undersized" in path.read_bytes()
    ]
    assert left == []


def test_purge_takes_a_typed_yes(briefing: Any, ids: dict[str, str]) -> None:
    briefing("remove", ids["fish.txt"])
    run = briefing("purge", typed="y\n")
    assert run.status == 0 and "1 removed or replaced version" in run.err


def test_purge_with_nothing_to_erase_asks_nothing(briefing: Any, index: Path) -> None:
    run = briefing("purge", "--json")
    assert run.status == 0 and run.json["purged"] == 0


def test_list_for_people_shows_undated_reports_as_undated(briefing: Any, ids: dict[str, str]) -> None:
    briefing("edit", ids["fish.txt"], "--published", "2022-05")
    out = briefing("list").out
    assert "2022-05" in out and ids["fish.txt"] in out


def test_an_empty_index_says_what_to_do(briefing: Any) -> None:
    run = briefing("list")
    assert run.status == 0 and "briefing add" in run.err


@pytest.mark.parametrize("command", ["list", "status", "doctor"])
def test_stdout_holds_one_json_value_and_nothing_else(briefing: Any, index: Path, command: str) -> None:
    assert isinstance(briefing(command, "--json").json, dict)


def test_a_date_that_was_read_wrongly_can_be_taken_out(briefing: Any, tmp_path: Path) -> None:
    (tmp_path / "canal.md").write_text(
        "# The canal\n\n3 May 2021\n\nThe canal was closed because its lock burst.\n"
    )
    [added] = briefing("add", tmp_path / "canal.md", "--json").json["documents"]
    assert added["published"] == "2021-05-03"
    which = added["document_id"]
    assert briefing("edit", which, "--published", "", "--json").json["published"] is None
    assert briefing("edit", which, "--published", "2021-06", "--json").json["published"] == "2021-06"
    assert briefing("edit", which, "--published", "", "--json").json["published"] == "2021-05-03"
    [again] = briefing("add", tmp_path / "canal.md", "--json").json["documents"]
    assert again["status"] == "unchanged"


def test_a_duplicate_is_named_with_its_first(briefing: Any, tmp_path: Path) -> None:
    for name in ("first.txt", "second.txt"):
        (tmp_path / name).write_text("The canal was closed because its lock burst.\n")
    briefing("add", tmp_path / "first.txt")
    assert "of first.txt" in briefing("add", tmp_path / "second.txt").err


@pytest.mark.parametrize(("option", "field"), [("--tag", "tags"), ("--author", "authors")])
def test_lists_that_a_report_never_had_can_be_emptied(
    briefing: Any, ids: dict[str, str], option: str, field: str
) -> None:
    for _ in range(2):  # what was read is taken out, and then that is taken back
        edited = briefing("edit", ids["fish.txt"], option, "", "--json")
        assert edited.status == 0 and edited.json[field] == []
        assert {row["source"]: row[field] for row in briefing("list", "--json").json["documents"]} == {
            "bridge.txt": [],
            "fish.txt": [],
        }


@pytest.mark.parametrize(
    ("passages", "step_at"),
    [(0, (2, 5, "a.pdf")), (40, (10, 40, "a.pdf (3 of 5)"))],
    ids=["a report", "a long report"],
)
def test_a_long_report_shows_its_own_progress(passages: int, step_at: tuple[int, int, str]) -> None:
    assert progress_of(AddProgress(2, 5, "a.pdf", "embedding", 10, passages)) == step_at
