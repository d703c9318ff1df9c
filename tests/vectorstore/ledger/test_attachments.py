"""What came with a mail goes with it, unless another mail brought it too."""

from __future__ import annotations

import pytest
from putting import go_live, sha256

from vectorstore import NotFound
from vectorstore.ledger import attachments, catalogue
from vectorstore.ledger.database import Ledger

HERONS, OTTERS = "The herons nest in March.", "The otters swim in May."


def document_id(name: str) -> str:
    return catalogue.document_id(f"test:{name}")


def mail(ledger: Ledger, name: str, parent: str | None = None, **texts: str) -> str:
    """A mail that states what it brought; its attachments are not added yet."""
    brought = {document_id(attached): sha256(text) for attached, text in texts.items()}
    return go_live(ledger, name, f"This is {name}.", kind="eml", parent=parent, brought=brought)


def live(ledger: Ledger) -> list[str]:
    return [record.source for record in catalogue.records(ledger)]


def test_attachments_stand_behind_the_mail_that_brought_them(ledger: Ledger) -> None:
    outer = mail(ledger, "outer")
    inner = mail(ledger, "inner", outer)
    go_live(ledger, "otters", OTTERS, parent=outer)
    go_live(ledger, "herons", HERONS, parent=inner)
    assert [record.source for record in attachments.attachments_of(ledger, outer)] == [
        "inner",
        "herons",
        "otters",
    ]


def test_documents_that_name_each_other_as_parent_are_listed_once(ledger: Ledger) -> None:
    first = mail(ledger, "first")
    second = mail(ledger, "second", first)
    with ledger.transaction() as connection:
        connection.execute("UPDATE documents SET parent = ? WHERE document_id = ?", (second, first))
    assert [record.source for record in attachments.attachments_of(ledger, first)] == ["second", "first"]
    assert attachments.origins(ledger, first) == {"test:first", "test:second"}


def test_a_mail_takes_what_came_with_it_at_any_depth(ledger: Ledger) -> None:
    outer = mail(ledger, "outer")
    go_live(ledger, "herons", HERONS, parent=mail(ledger, "inner", outer))
    go_live(ledger, "otters", OTTERS)
    revision = ledger.revision
    attachments.remove(ledger, [outer])
    assert live(ledger) == ["otters"]
    assert ledger.revision == revision + 1


def test_an_unknown_id_keeps_every_other_from_being_hidden(ledger: Ledger) -> None:
    herons = go_live(ledger, "herons", HERONS)
    with pytest.raises(NotFound, match="briefing list"):
        attachments.remove(ledger, [herons, "unknown"])
    assert live(ledger) == ["herons"]


def test_an_attachment_of_two_mails_moves_to_the_one_that_stays(ledger: Ledger) -> None:
    first, second = mail(ledger, "first", herons=HERONS), mail(ledger, "second", herons=HERONS)
    herons = go_live(ledger, "herons", HERONS, parent=first)
    attachments.remove(ledger, [first])
    assert live(ledger) == ["second", "herons"]
    assert catalogue.record(ledger, herons).parent == second
    attachments.remove(ledger, [second])
    assert live(ledger) == []


def test_a_mail_that_goes_itself_keeps_no_attachment(ledger: Ledger) -> None:
    outer = mail(ledger, "outer", herons=HERONS)
    inner = mail(ledger, "inner", outer)
    mail(ledger, "innermost", inner, herons=HERONS)
    go_live(ledger, "herons", HERONS, parent=outer)
    attachments.remove(ledger, [outer])
    assert live(ledger) == []


def test_a_new_version_of_a_mail_keeps_only_the_attachments_it_still_has(ledger: Ledger) -> None:
    letter = mail(ledger, "letter")
    herons = go_live(ledger, "herons", HERONS, parent=letter)
    otters = go_live(ledger, "otters", OTTERS, parent=letter)
    revision = ledger.revision
    attachments.hide_attachments_except(ledger, letter, {herons, otters})
    assert ledger.revision == revision, "nothing changed for a reader"
    attachments.hide_attachments_except(ledger, letter, {herons})
    assert live(ledger) == ["letter", "herons"]


def test_a_mail_of_an_older_program_brought_nobody_knows_what(ledger: Ledger) -> None:
    letter = mail(ledger, "letter", herons=HERONS)
    assert attachments.brought_identities(ledger, letter) == {document_id("herons"): sha256(HERONS)}
    with ledger.transaction() as connection:
        connection.execute("UPDATE generations SET stated = json_remove(stated, '$.brought')")
    assert attachments.brought_identities(ledger, letter) is None
    assert attachments.brought_identities(ledger, "unknown") == {}


def test_an_unpacked_archive_gives_way_to_what_it_held(ledger: Ledger) -> None:
    letter = mail(ledger, "letter", archive="zip", otters=OTTERS)
    attachments.record_brought(
        ledger, letter, {document_id("herons"): sha256(HERONS)}, document_id("archive")
    )
    assert attachments.brought_identities(ledger, letter) == {
        document_id("otters"): sha256(OTTERS),
        document_id("herons"): sha256(HERONS),
    }


def test_a_document_may_change_with_its_containers_and_the_mails_above_them(ledger: Ledger) -> None:
    letter = mail(ledger, "letter")
    herons = go_live(ledger, "letter!/all.zip!/herons.txt", HERONS, parent=letter)
    assert attachments.origins(ledger, herons) == {
        "test:letter",
        "test:letter!/all.zip",
        "test:letter!/all.zip!/herons.txt",
    }
    assert attachments.origins(ledger, "unknown") == set()
