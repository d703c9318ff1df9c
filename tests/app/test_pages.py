"""The pages' own logic, run by Streamlit's AppTest against a real desk."""

from __future__ import annotations

from pathlib import Path

from page_runs import page, text_of
from streamlit.testing.v1 import AppTest

from assistant.pages.shared import common

_APP = Path(__file__).parents[2] / "app.py"


def test_an_empty_desk_offers_the_samples_and_they_are_added_by_one_click(data: Path) -> None:
    app = AppTest.from_file(str(_APP), default_timeout=120).run()
    assert not app.exception and "empty" in text_of(app)
    next(one for one in app.button if one.label == "Add the sample reports").click().run()
    assert not app.exception
    assert len(common.desk().jobs.recent()) == 8


def test_a_question_is_answered_from_the_reports_and_kept(data: Path, tmp_path: Path) -> None:
    report = tmp_path / "canal.txt"
    report.write_text("The Bamboula canal was closed on 3 May 2021 because its third lock had burst.\n")
    app = page("ask")
    common.desk().add([str(report)])
    app.chat_input[0].set_value("Why was the Bamboula canal closed?").run()
    assert not app.exception and "third lock had burst" in text_of(app)
    (kept,) = common.desk().history.conversations()
    roles = [turn.role for turn in common.desk().history.turns(kept.conversation_id)]
    assert roles == ["user", "assistant"]


def test_a_question_without_an_answer_is_refused_in_words(data: Path, tmp_path: Path) -> None:
    report = tmp_path / "canal.txt"
    report.write_text("The Bamboula canal was closed on 3 May 2021 because its third lock had burst.\n")
    app = page("ask")
    common.desk().add([str(report)])
    app.chat_input[0].set_value("Which composer wrote the opera Fidelio?").run()
    assert not app.exception and "do not hold an answer" in text_of(app)


def test_a_briefing_without_a_topic_and_a_wrong_date_are_told_in_words(data: Path, tmp_path: Path) -> None:
    report = tmp_path / "canal.txt"
    report.write_text("The Bamboula canal was closed on 3 May 2021 because its third lock had burst.\n")
    app = page("briefing")
    common.desk().add([str(report)])
    app = app.run()
    write = next(one for one in app.button if one.label == "Write briefing")
    write.click().run()
    assert "topic" in app.error[0].value
    app.text_input(key="topic").set_value("The canal")
    app.text_input(key="brief-as-of").set_value("soon")
    next(one for one in app.button if one.label == "Write briefing").click().run()
    assert not app.exception and "date" in app.error[0].value


def test_the_library_lists_what_is_there_and_says_what_is_undated(data: Path, tmp_path: Path) -> None:
    report = tmp_path / "canal.txt"
    report.write_text("The Bamboula canal was closed because its third lock had burst.\n")
    app = page("library")
    common.desk().add([str(report)])
    app = app.run()
    assert not app.exception and "undated" in text_of(app) and "1 report" in text_of(app)


def test_the_library_shows_the_last_added_first_whatever_the_clock_said(data: Path, tmp_path: Path) -> None:
    app = page("library")
    for name in ("first", "second", "third"):
        (tmp_path / f"{name}.txt").write_text(f"The {name} lock of the canal has burst and was mended.\n")
        common.desk().add([str(tmp_path / f"{name}.txt")])
    with common.desk().store.ledger.transaction() as connection:
        connection.execute("UPDATE documents SET added = '2031-01-01T00:00:00Z' WHERE source = 'second.txt'")
    app.run().selectbox(key="library-order").select("Last added first").run()
    shown = [one.key.removeprefix("open-") for one in app.button if (one.key or "").startswith("open-")]
    added = [one.document_id for one in common.desk().documents()]
    assert not app.exception and shown == added[::-1]


def test_text_of_a_report_is_never_markup(data: Path, tmp_path: Path) -> None:
    hostile = "The valve <script>alert(1)</script> & <img src=x onerror=alert(2)> failed on 4 June 2020."
    (tmp_path / "valve.txt").write_text(hostile + "\n")
    app = page("ask")
    common.desk().add([str(tmp_path / "valve.txt")])
    app.chat_input[0].set_value("When did the valve fail?").run()
    told = text_of(app)
    assert "&lt;script&gt;" in told and "<script>" not in told and "<img" not in told
