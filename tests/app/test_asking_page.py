"""Questions on the Ask page that cannot be answered at once, and what is kept with those that are."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_runs import page, text_of

from assistant.pages.shared import common

CANAL = "The Bamboula canal was closed on 3 May 2021 because its third lock had burst.\n"
WHY = "Why was the Bamboula canal closed?"


@pytest.fixture
def canal(data: Path, tmp_path: Path) -> Path:
    path = tmp_path / "canal.txt"
    path.write_text(CANAL)
    return path


def test_a_question_of_spaces_is_no_question(canal: Path) -> None:
    app = page("ask")
    common.desk().add([str(canal)])
    app.chat_input[0].set_value("   ").run()
    assert not app.exception and common.desk().history.conversations() == []


def test_a_question_to_an_empty_library_is_held_until_there_are_reports(canal: Path) -> None:
    app = page("ask")
    app.chat_input[0].set_value(WHY).run()
    assert WHY in text_of(app) and "empty" in text_of(app)
    assert app.button(key="ask-held").disabled
    common.desk().add([str(canal)])
    app.run()
    app.button(key="ask-held").click().run()
    assert not app.exception and "third lock had burst" in text_of(app)


def test_a_question_asked_under_a_filter_that_is_no_date_is_not_lost(canal: Path) -> None:
    app = page("ask")
    common.desk().add([str(canal)])
    app.text_input(key="ask-as-of").set_value("soon").run()
    app.chat_input[0].set_value(WHY).run()
    assert WHY in text_of(app) and app.button(key="ask-held").disabled
    app.text_input(key="ask-as-of").set_value("June 2021").run()
    app.button(key="ask-held").click().run()
    assert "left out" in text_of(app), "the report is undated, and the filter says so"


def test_a_saved_answer_says_under_which_filters_it_was_given(canal: Path) -> None:
    app = page("ask")
    desk = common.desk()
    desk.add([str(canal)], corrections={"published": "2021-05-04"})
    app.text_input(key="ask-as-of").set_value("December 2021").run()
    app.chat_input[0].set_value(WHY).run()
    assert "As of December 2021" in text_of(app)
    (kept,) = desk.history.conversations()
    later = page("ask", conversation=kept.conversation_id)
    assert "As of December 2021" in text_of(later)
    assert later.text_input(key="ask-as-of").value == "December 2021"


def test_a_question_in_a_conversation_deleted_elsewhere_begins_a_new_one(canal: Path) -> None:
    app = page("ask")
    desk = common.desk()
    desk.add([str(canal)])
    app.chat_input[0].set_value(WHY).run()
    (first,) = desk.history.conversations()
    desk.history.delete(first.conversation_id)
    app.chat_input[0].set_value(WHY).run()
    assert not app.exception and "third lock had burst" in text_of(app)
    (second,) = desk.history.conversations()
    assert second.conversation_id != first.conversation_id
