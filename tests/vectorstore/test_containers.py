"""Mails and archives: what they hold becomes documents, and stays theirs."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from working import Everything, work

from ingest import Document, IngestError, read_isolated
from vectorstore import Store
from vectorstore.adding.add import add
from vectorstore.adding.intake import AddItem
from vectorstore.adding.jobs import JobQueue
from vectorstore.adding.pipeline import run_pipeline

HERONS = "Herons of the delta\n\nThe herons of the inner delta nest in March. Rangers counted 412 nests.\n"
OTTERS = "Otters of the delta\n\nThe otters of the inner delta hunt at dusk. Rangers saw nine of them.\n"
CRANES = (
    "Cranes of the delta\n\nThe cranes of the inner delta leave in April. Rangers saw the last on the 9th.\n"
)


def mail(subject: str = "Counts of the season", **attachments: str | bytes) -> bytes:
    """A mail with texts, mails (`…_eml`) and archives (`…_zip`) attached."""
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Mara Lindqvist <mara@delta.example>"
    message["Date"] = "Mon, 01 Mar 2021 10:00:00 +0100"
    message.set_content(f"Dear all,\n\nthe rangers have sent this: {subject}. See what is attached.\n")
    for name, data in attachments.items():
        if isinstance(data, str):
            message.add_attachment(data.encode(), maintype="text", subtype="plain", filename=f"{name}.txt")
        elif name.endswith("_eml"):
            inner = message_from_bytes(data, policy=policy.default)
            message.add_attachment(inner, filename=name.replace("_", "."))
        else:
            message.add_attachment(
                data, maintype="application", subtype="zip", filename=name.replace("_", ".")
            )
    return message.as_bytes()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in members.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def sources(store: Store) -> list[str]:
    return sorted(one.source for one in store.documents())


def test_attachments_are_documents_of_their_own_that_know_their_mail(store: Store, tmp_path: Path) -> None:
    (tmp_path / "counts.eml").write_bytes(mail(herons=HERONS, otters=OTTERS))
    report = add(store, [str(tmp_path / "counts.eml")])
    assert [one.status for one in report.documents] == ["added"] * 3
    letter, *attached = [one.record for one in report.documents if one.record is not None]
    assert letter.published == "2021-03-01" and letter.parent is None
    assert [(one.source, one.parent) for one in attached] == [
        ("herons.txt", letter.document_id),
        ("otters.txt", letter.document_id),
    ]
    assert store.search("when do herons nest").passages[0].document_id == attached[0].document_id


def test_mails_of_the_same_words_each_bring_their_attachments(store: Store, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(mail(herons=HERONS))
    (tmp_path / "two.eml").write_bytes(mail(otters=OTTERS))
    report = add(store, [str(tmp_path / "one.eml"), str(tmp_path / "two.eml")])
    assert [one.status for one in report.documents] == ["added"] * 4
    assert sources(store) == ["herons.txt", "one.eml", "otters.txt", "two.eml"]


def test_a_mail_added_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "counts.eml").write_bytes(mail(herons=HERONS))
    add(store, [str(tmp_path / "counts.eml")])
    revision = store.ledger.revision
    report = add(store, [str(tmp_path / "counts.eml")])
    assert [one.status for one in report.documents] == ["unchanged"] * 2
    assert store.ledger.revision == revision


@pytest.mark.parametrize("background", [False, True])
def test_what_of_a_mail_did_not_go_in_is_tried_again_with_it(
    store: Store, tmp_path: Path, background: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def statuses() -> list[str]:
        read.clear()
        if not background:
            return [one.status for one in add(store, [str(path)]).documents]
        jobs.clear_finished()
        jobs.submit(str(path))
        return [one.status or one.state for one in reversed(work(store, jobs))]

    def reading(data: bytes, name: str, address: str | None = None) -> Document:
        read.append(name)
        if name in failing:
            raise IngestError("timeout", f"{name} took too long")
        return read_isolated(data, name, address)

    jobs, path = JobQueue(store), tmp_path / "counts.eml"
    path.write_bytes(mail(forwarded_eml=mail("Herons", herons=HERONS, cranes=CRANES), otters=OTTERS))
    read, failing = [], ["cranes.txt"]
    monkeypatch.setattr("vectorstore.adding.intake.read_isolated", reading)
    assert sorted(statuses()) == ["added"] * 4 + ["failed"]
    assert sorted(statuses()) == ["failed"] + ["unchanged"] * 4, "it is told each time"
    failing.clear()
    assert sorted(statuses()) == ["added"] + ["unchanged"] * 4
    assert set(statuses()) == {"unchanged"} and read == [], "all is there"

    [herons] = [one for one in store.documents() if one.source == "herons.txt"]
    original = store.folder / "originals" / herons.original[:2] / herons.original
    original.unlink()
    assert set(statuses()) == {"unchanged"} and original.read_text() == HERONS, "its bytes were lost"


def test_what_a_killed_process_left_out_of_a_mail_goes_in_with_it(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "counts.eml"
    path.write_bytes(mail(all_zip=archive(herons_txt=HERONS.encode(), otters_txt=OTTERS.encode())))
    adding = run_pipeline(
        store, [AddItem((0,), str(path), "counts.eml", data=path.read_bytes())], Everything()
    )
    next(adding)  # the mail is in, and nothing else
    adding.close()  # type: ignore[attr-defined]
    assert sources(store) == ["counts.eml"]
    assert [one.status for one in add(store, [str(path)]).documents] == ["unchanged", "added", "added"]


@pytest.mark.parametrize("change", ["as it was", "its white space"])
def test_a_mail_whose_attachments_are_all_there_as_others_is_not_read_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    (tmp_path / "herons.txt").write_text(HERONS if change == "as it was" else HERONS.replace(" ", "  "))
    (tmp_path / "counts.eml").write_bytes(mail(all_zip=archive(herons_txt=HERONS.encode()), otters=OTTERS))
    for name in ("herons.txt", "counts.eml"):
        add(store, [str(tmp_path / name)])
    monkeypatch.setattr("vectorstore.adding.intake.read_isolated", lambda *_: pytest.fail("read again"))
    assert {one.status for one in add(store, [str(tmp_path / "counts.eml")]).documents} == {"unchanged"}


def test_a_mail_of_an_older_program_is_read_once_more_for_what_it_left_out(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "counts.eml"
    path.write_bytes(mail(herons=HERONS))
    attached = add(store, [str(path)]).documents[1].record
    assert attached is not None
    store.remove([attached.document_id])
    with store.ledger.transaction() as connection:
        connection.execute("UPDATE generations SET stated = json_remove(stated, '$.brought')")
    assert [one.status for one in add(store, [str(path)]).documents] == ["unchanged", "added"]
    monkeypatch.setattr("vectorstore.adding.intake.read_isolated", lambda *_: pytest.fail("read again"))
    assert [one.status for one in add(store, [str(path)]).documents] == ["unchanged", "unchanged"]


def test_a_new_version_of_a_mail_hides_the_attachments_it_no_longer_has(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "counts.eml"
    path.write_bytes(mail(herons=HERONS, otters=OTTERS))
    add(store, [str(path)])
    path.write_bytes(mail(otters=OTTERS.replace("nine", "eleven")))
    report = add(store, [str(path)])
    assert [one.status for one in report.documents] == ["replaced", "replaced"]
    assert sources(store) == ["counts.eml", "otters.txt"]
    assert not any("412" in one.text for one in store.search("nests counted by rangers").passages)


def test_removing_a_mail_removes_what_came_with_it(store: Store, tmp_path: Path) -> None:
    (tmp_path / "counts.eml").write_bytes(mail(herons=HERONS))
    letter = add(store, [str(tmp_path / "counts.eml")]).documents[0].record
    assert letter is not None
    store.remove([letter.document_id])
    assert store.documents() == []


def test_what_came_with_a_mail_within_a_mail_goes_and_returns_with_the_outermost(
    store: Store, tmp_path: Path
) -> None:
    inner = mail("Herons", herons=HERONS, deeper_eml=mail("Otters", otters=OTTERS))
    (tmp_path / "counts.eml").write_bytes(mail(forwarded_eml=inner, cranes=CRANES))
    names = ["counts.eml", "forwarded.eml", "herons.txt", "deeper.eml", "otters.txt", "cranes.txt"]
    for status in ("added", "unchanged"):
        report = add(store, [str(tmp_path / "counts.eml")])
        assert [(one.source, one.status) for one in report.documents] == [(name, status) for name in names]
    letter = report.documents[0].record
    assert letter is not None
    store.remove([letter.document_id])
    assert store.documents() == [] and store.search("nests of herons").passages == ()
    again = add(store, [str(tmp_path / "counts.eml")])
    assert [(one.source, one.status) for one in again.documents] == [(name, "added") for name in names]


def test_a_mail_and_what_came_with_it_may_be_removed_by_name_together(store: Store, tmp_path: Path) -> None:
    (tmp_path / "counts.eml").write_bytes(mail(herons=HERONS))
    ids = [
        one.record.document_id for one in add(store, [str(tmp_path / "counts.eml")]).documents if one.record
    ]
    store.remove([*ids, *ids])
    assert store.documents() == []


def test_a_mail_that_a_new_version_no_longer_has_takes_its_attachments_along(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "counts.eml"
    path.write_bytes(mail(forwarded_eml=mail("Herons", herons=HERONS), cranes=CRANES))
    add(store, [str(path)])
    path.write_bytes(mail("Cranes alone", cranes=CRANES))
    assert [one.status for one in add(store, [str(path)]).documents] == ["replaced", "unchanged"]
    assert sources(store) == ["counts.eml", "cranes.txt"]


@pytest.mark.parametrize("background", [False, True])
def test_what_a_new_version_of_a_mail_still_holds_stays_whatever_its_name(
    store: Store, tmp_path: Path, background: bool
) -> None:
    def take_in(name: str, **attachments: str | bytes) -> None:
        (tmp_path / "counts.eml").write_bytes(mail(name, **attachments))
        if not background:
            add(store, [str(tmp_path / "counts.eml")])
            return
        jobs = JobQueue(store)
        jobs.submit(str(tmp_path / "counts.eml"))
        work(store, jobs)

    otters = mail("Otters", otters=OTTERS)
    take_in("First", a=HERONS, all_zip=archive(cranes_txt=CRANES.encode()), old_eml=otters)
    assert len(store.documents()) == 5
    take_in("Second", b=HERONS, all_zip=archive(cranes_txt=CRANES.encode()), new_eml=otters)
    names = sorted(Path(one).name for one in sources(store))
    assert names == ["b.txt", "counts.eml", "cranes.txt", "new.eml", "otters.txt"]
    take_in("Third", all_zip=archive(gulls_txt=b"The gulls of the delta stay all winter.\n"))
    assert sorted(Path(one).name for one in sources(store)) == ["counts.eml", "gulls.txt"]


@pytest.mark.parametrize("ends", ["is removed", "has a new version"])
def test_what_two_mails_brought_stays_with_one_when_the_other(
    store: Store, tmp_path: Path, ends: str
) -> None:
    """`first` has brought a mail with two attachments; `second` has the mail, and `third` one of the two."""

    def parents() -> dict[str, str | None]:
        names = {one.document_id: one.source for one in store.documents()}
        return {one.source: names.get(one.parent or "") for one in store.documents()}

    def end(name: str) -> None:
        if ends == "is removed":
            [one] = [one for one in store.documents() if one.source == name]
            store.remove([one.document_id])
        else:
            (tmp_path / name).write_bytes(mail(f"{name} without anything"))
            add(store, [str(tmp_path / name)])

    inner = mail("Herons", herons=HERONS, otters=OTTERS)
    for name, brought in (
        ("first.eml", {"inner_eml": inner, "cranes": CRANES}),
        ("second.eml", {"inner_eml": inner}),
        ("third.eml", {"all_zip": archive(otters_txt=OTTERS.encode())}),
    ):
        (tmp_path / name).write_bytes(mail(name, **brought))
        add(store, [str(tmp_path / name)])
    with_inner = {"inner.eml": "first.eml", "herons.txt": "inner.eml", "otters.txt": "inner.eml"}
    assert parents().items() >= {**with_inner, "cranes.txt": "first.eml"}.items()
    end("first.eml")
    assert "cranes.txt" not in parents()
    assert parents().items() >= {**with_inner, "inner.eml": "second.eml"}.items()
    end("second.eml")
    assert {name: mail for name, mail in parents().items() if mail} == {"otters.txt": "third.eml"}
    assert store.search("otters at dusk").passages[0].source == "otters.txt"
    end("third.eml")
    assert set(parents()) == (set() if ends == "is removed" else {"first.eml", "second.eml", "third.eml"})


def test_what_two_mails_brought_goes_when_both_go(store: Store, tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name}.eml").write_bytes(mail(name, herons=HERONS))
        add(store, [str(tmp_path / f"{name}.eml")])
    store.remove([one.document_id for one in store.documents() if one.parent is None])
    assert store.documents() == []


def test_what_a_mail_shares_with_another_can_be_removed_itself(store: Store, tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name}.eml").write_bytes(mail(name, herons=HERONS))
        add(store, [str(tmp_path / f"{name}.eml")])
    store.remove([one.document_id for one in store.documents() if one.source == "herons.txt"])
    assert sources(store) == ["first.eml", "second.eml"]


def test_an_archive_is_only_what_it_holds(store: Store, tmp_path: Path) -> None:
    packed = archive(
        birds__herons_txt=HERONS.encode(), counts_eml=mail(otters=OTTERS), broken_pdf=b"%PDF-1.7 no"
    )
    (tmp_path / "all.zip").write_bytes(packed)
    report = add(store, [str(tmp_path / "all.zip")])
    assert sorted((one.status, one.source) for one in report.documents) == [
        ("added", "birds/herons.txt"),
        ("added", "counts.eml"),
        ("added", "otters.txt"),
        ("failed", "broken.pdf"),
    ]


def test_an_archive_within_an_archive_is_opened_and_no_deeper(store: Store, tmp_path: Path) -> None:
    inner = archive(herons_txt=HERONS.encode())
    for depth, becomes in ((1, ["added"]), (2, ["failed"])):
        data = inner
        for _ in range(depth):
            data = archive(more_zip=data)
        (tmp_path / f"{depth}.zip").write_bytes(data)
        report = add(store, [str(tmp_path / f"{depth}.zip")])
        assert [one.status for one in report.documents] == becomes
    assert report.documents[0].error is not None and "Unpack it" in report.documents[0].error[1]


@pytest.mark.parametrize("killed", [False, True])
def test_in_the_background_each_member_is_a_job(
    store: Store, new_store: Callable[..., Store], killed: bool
) -> None:
    jobs = JobQueue(store)
    packed = archive(herons_txt=HERONS.encode(), counts_eml=mail(otters=OTTERS))
    jobs.submit_upload("all.zip", packed)
    if killed:  # while the archive was read once more
        work(store, jobs)
        job = jobs.submit_upload("all.zip", packed)
        with store.ledger.transaction() as connection:
            connection.execute("UPDATE jobs SET state = 'reading' WHERE job_id = ?", (job,))
        store = new_store()
    assert {one.state for one in work(store)} == {"done"}
    assert sources(store) == ["counts.eml", "herons.txt", "otters.txt"]


def test_members_that_cannot_be_queued_fail_their_container_and_nothing_else(store: Store) -> None:
    digest = hashlib.sha256(OTTERS.encode()).hexdigest()
    (store.folder / "originals").mkdir()
    (store.folder / "originals" / digest[:2]).write_text("in the way of an original")
    jobs = JobQueue(store)
    jobs.submit_upload("all.zip", archive(herons_txt=HERONS.encode(), otters_txt=OTTERS.encode()))
    jobs.submit_upload("cranes.txt", b"The cranes of the delta leave in April.\n")
    assert [(one.name, one.state, one.code) for one in work(store, jobs)] == [
        ("cranes.txt", "done", None),
        ("all.zip", "failed", "unwritable"),
    ]
    (store.folder / "originals" / digest[:2]).unlink()
    jobs.retry_failed()
    work(store, jobs)
    assert sources(store) == ["cranes.txt", "herons.txt", "otters.txt"]
