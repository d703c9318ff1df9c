"""What a user does, done in a real browser against the real app."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from served import ask, settled


def test_a_question_is_answered_and_its_citation_opens_the_quoted_words(app: str, page: Any) -> None:
    page.goto(app)
    ask(page, "How many attacks were there in Kayes in 2023?")
    assert "43 attacks" in page.locator(".bd-prose").last.inner_text()
    said = page.locator("button.bd-cite").first.get_attribute("title")
    page.locator("button.bd-cite").first.click()
    marked = page.get_by_role("dialog").locator("mark")
    marked.wait_for()
    assert "43 attacks" in marked.inner_text() and marked.inner_text().strip() in said
    dialog = page.get_by_role("dialog").inner_text()
    assert "Western Mali Courier" in dialog and "16 November 2023" in dialog


def test_a_citation_of_a_pdf_shows_the_page_with_the_quote_marked(app: str, page: Any) -> None:
    page.goto(app)
    ask(page, "Why did the UN mission leave Mali?")
    source = page.locator(".bd-source", has_text="Six months to leave")
    source.locator("button.bd-cite").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("img").wait_for()
    assert re.search(r"Page \d", dialog.inner_text())
    assert "could not be located" not in dialog.inner_text()


def test_a_conversation_survives_a_reload_and_takes_a_follow_up(app: str, page: Any) -> None:
    page.goto(app)
    ask(page, "How many soldiers did the attack on Indelimane kill?")
    first = page.locator(".bd-prose").first.inner_text()
    page.reload()
    page.locator("button.bd-cite").first.wait_for()
    assert page.locator(".bd-prose").first.inner_text() == first
    ask(page, "And who claimed it?")
    assert page.locator(".bd-question").count() == 2


def test_an_added_report_answers_at_once(app: str, page: Any, report: Path) -> None:
    page.goto(f"{app}/library")
    page.get_by_text("Add reports").click()
    page.locator("input[type=file]").set_input_files(report)
    page.get_by_text("Ferry traffic on the Senegal").first.wait_for()
    page.get_by_role("link", name="Ask").click()
    ask(page, "How many passengers did the Diama Queen carry?")
    assert "1,870 passengers" in page.locator(".bd-prose").last.inner_text()


def test_a_file_that_cannot_be_read_says_why(app: str, page: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nthis is no PDF at all")
    page.goto(f"{app}/library")
    page.get_by_text("Add reports").click()
    page.locator("input[type=file]").set_input_files(broken)
    reason = page.locator(".bd-reason").first
    reason.wait_for()
    assert "PDF" in reason.inner_text() and "Traceback" not in page.content()


def test_an_address_on_this_machine_is_refused_in_words(app: str, page: Any) -> None:
    page.goto(f"{app}/library")
    page.get_by_text("Add reports").click()
    page.get_by_label("Or a web address").fill(f"{app}/report.html")
    page.get_by_role("button", name="Fetch").click()
    page.locator(".bd-reason", has_text="127.0.0.1").first.wait_for()


def test_a_briefing_is_written_and_downloaded(app: str, page: Any) -> None:
    page.goto(f"{app}/briefing")
    page.get_by_label("Topic").fill("The end of MINUSMA")
    page.get_by_role("button", name="Write briefing").click()
    page.locator(".bd-bottom-line").wait_for()
    settled(page)
    assert page.locator(".bd-endnote").count() >= 3
    with page.expect_download() as started:
        page.get_by_role("button", name="Word").click()
    paragraphs = docx.Document(io.BytesIO(Path(started.value.path()).read_bytes())).paragraphs
    assert paragraphs[0].text == "The end of MINUSMA"
    with page.expect_download() as started:
        page.get_by_role("button", name="PDF").click()
    pdf = pypdfium2.PdfDocument(Path(started.value.path()).read_bytes())
    assert "Bottom line" in pdf[0].get_textpage().get_text_range()
    page.locator("button.bd-cite").first.click()
    page.get_by_role("dialog").locator("mark").wait_for()


def test_an_outline_is_proposed_ordered_and_followed(app: str, page: Any) -> None:
    page.goto(f"{app}/briefing")
    page.get_by_label("Topic").fill("Displacement in Mali")
    page.get_by_text("Outline", exact=True).click()
    page.get_by_role("button", name="Propose headings").click()
    rows = page.locator("[class*='st-key-heading-row'] input")
    rows.nth(1).wait_for()
    proposed = [row.input_value() for row in rows.all()]
    page.locator("[class*='st-key-down-'] button").first.click()
    page.wait_for_function(
        "first => document.querySelector(\"[class*='st-key-heading-row'] input\").value === first",
        arg=proposed[1],
    )
    page.get_by_role("button", name="Write briefing").click()
    page.get_by_role("button", name="Word").wait_for()
    settled(page)
    headings = page.locator(".bd-doc h3").all_inner_texts()
    assert headings[:2] == [proposed[1], proposed[0]]


def test_the_source_of_the_sentence_pointed_at_stands_beside_it(app: str, page: Any) -> None:
    page.goto(f"{app}/briefing")
    page.get_by_label("Topic").fill("Gold in Kayes")
    page.get_by_role("button", name="Write briefing").click()
    page.get_by_role("button", name="Word").wait_for()
    settled(page)
    sentence = page.locator(".bd-bottom-line .bd-sentence").first
    sentence.hover()
    words = page.locator(".bd-panel .bd-shown mark").first
    words.wait_for()
    assert " ".join(words.inner_text().split()) in " ".join(sentence.inner_text().split())


def test_sentences_are_accepted_edited_and_struck(app: str, page: Any) -> None:
    page.goto(f"{app}/briefing")
    page.get_by_label("Topic").fill("Displaced people in Mali")
    page.get_by_role("button", name="Write briefing").click()
    page.get_by_role("button", name="Word").wait_for()
    settled(page)
    page.get_by_text("Edit", exact=True).first.click()
    sentences = page.locator("[class*='st-key-sentence-'] .bd-sentence")
    sentences.first.wait_for()
    count, second = sentences.count(), sentences.nth(1).inner_text()
    page.get_by_role("button", name="Accept", exact=True).first.click()
    page.get_by_role("button", name="Accepted", exact=True).first.wait_for()
    settled(page)
    page.get_by_role("button", name="Strike").first.click()
    page.wait_for_function(
        "many => document.querySelectorAll(\"[class*='st-key-sentence-'] .bd-sentence\").length < many",
        arg=count,
    )
    settled(page)
    page.wait_for_function(
        "second => document.querySelector(\"[class*='st-key-sentence-'] .bd-sentence\").innerText.startsWith(second)",
        arg=second.split(".")[0],
    )
    page.locator("[class*='st-key-sentence-']").first.get_by_role("button", name="Edit").click()
    words = page.get_by_role("textbox", name="Sentence")
    words.wait_for()
    words.fill("Some 77 people were displaced in Mali.")
    page.get_by_role("button", name="Check and keep").click()
    page.locator(".bd-unsupported", has_text="77 people").wait_for()
    assert "77" in page.locator(".bd-reason").first.inner_text()


def test_a_briefing_is_written_again_and_compared(app: str, page: Any) -> None:
    page.goto(f"{app}/briefing")
    page.get_by_label("Topic").fill("The coup in Mali")
    page.get_by_role("button", name="Write briefing").click()
    page.get_by_role("button", name="Word").wait_for()
    settled(page)
    before = page.url
    page.get_by_role("button", name="Write again").click()
    page.get_by_text("unchanged").first.wait_for()
    assert page.url != before


def test_an_as_of_briefing_leaves_later_reports_out(app: str, page: Any) -> None:
    page.goto(f"{app}/briefing")
    page.get_by_label("Topic").fill("The army in central Mali")
    page.get_by_role("textbox", name="As of").fill("2022-12")
    page.get_by_role("button", name="Write briefing").click()
    page.locator(".bd-bottom-line").wait_for()
    settled(page)
    told = page.locator(".bd-doc").all_inner_texts()
    assert "December 2022" in told[0] and "2023" not in page.locator(".bd-endnote").all_inner_texts()


# -- links to the page that is already shown


def _write(page: Any, topic: str) -> None:
    """Write a briefing from the form, and wait until it stands opened at an address of its own."""
    before = page.url
    page.get_by_label("Topic").fill(topic)
    page.get_by_role("button", name="Write briefing").click()
    page.get_by_role("button", name="Word").wait_for()
    settled(page)
    assert "?briefing=" in page.url and page.url != before


def _all_briefings(page: Any) -> None:
    page.get_by_role("link", name="All briefings").click()


def _briefing_in_the_sidebar(page: Any) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name="Briefing").click()


def _at_the_form(page: Any) -> None:
    page.get_by_role("heading", name="Write a briefing").wait_for()
    settled(page)


@pytest.mark.parametrize("leave", [_all_briefings, _briefing_in_the_sidebar])
def test_a_second_briefing_is_written_after_the_first_was_left(app: str, page: Any, leave: Any) -> None:
    page.goto(f"{app}/briefing")
    _write(page, "The end of MINUSMA")
    leave(page)
    _at_the_form(page)
    page.get_by_label("Topic").fill("Displacement in Mali")
    page.get_by_label("Topic").press("Tab")
    settled(page)
    assert page.get_by_label("Topic").input_value() == "Displacement in Mali"
    _write(page, "Displacement in Mali")
    assert page.locator(".bd-doc h2").inner_text() == "Displacement in Mali"


@pytest.mark.parametrize("leave", [_all_briefings, _briefing_in_the_sidebar])
def test_a_length_chosen_after_a_briefing_was_left_keeps_what_was_typed(
    app: str, page: Any, leave: Any
) -> None:
    page.goto(f"{app}/briefing")
    _write(page, "The coup in Mali")
    leave(page)
    _at_the_form(page)
    page.get_by_label("Topic").fill("Gold in Kayes")
    page.get_by_text("Long", exact=True).click()
    settled(page)
    _at_the_form(page)
    assert page.get_by_label("Topic").input_value() == "Gold in Kayes"
    assert page.get_by_role("radio", name="Long").is_checked()
    assert page.url == f"{app}/briefing"


def test_back_forward_and_reload_show_what_the_address_says_of_a_briefing(app: str, page: Any) -> None:
    page.goto(f"{app}/briefing")
    _write(page, "Gold in Kayes")
    written = page.url
    _all_briefings(page)
    _at_the_form(page)
    page.reload()
    _at_the_form(page)
    page.go_back()
    page.get_by_role("button", name="Word").wait_for()
    assert page.url == written
    page.go_forward()
    _at_the_form(page)
    assert page.url == f"{app}/briefing"


def test_the_form_stays_after_a_briefing_was_deleted(app: str, page: Any) -> None:
    page.goto(f"{app}/briefing")
    _write(page, "Attacks in Kayes")
    page.get_by_role("button", name="Delete this briefing").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    _at_the_form(page)
    page.get_by_label("Topic").fill("Gold in Kayes")
    page.get_by_label("Topic").press("Tab")
    settled(page)
    assert page.get_by_label("Topic").input_value() == "Gold in Kayes"
    assert page.url == f"{app}/briefing"


def test_a_conversation_that_was_deleted_stays_gone(app: str, page: Any) -> None:
    page.goto(app)
    ask(page, "Which town lost its bridge to the flood of 1907?")
    page.locator("[class*='st-key-row-now-'] [class*='st-key-menu-'] button").first.click()
    page.get_by_text("Delete", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    page.get_by_role("heading", name="Ask the reports").wait_for()
    settled(page)
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("textbox", name="Published on or before").fill("2023")
    page.get_by_role("textbox", name="Published on or before").press("Tab")
    settled(page)
    assert page.get_by_role("heading", name="Ask the reports").is_visible()
    assert "conversation=" not in page.url
    page.get_by_test_id("stSidebar").get_by_role("link", name="Ask").click()
    settled(page)
    assert page.get_by_role("heading", name="Ask the reports").is_visible()


def _undated(page: Any, app: str, path: Path) -> Any:
    """Add a report that lacks its date, and open it in the form that dates reports."""
    page.goto(f"{app}/library")
    page.get_by_text("Add reports").click()
    page.locator("input[type=file]").set_input_files(path)
    row = page.locator("[class*='st-key-report-']", has_text=path.stem)
    row.wait_for()
    settled(page)
    page.get_by_role("link", name=re.compile("Date and name")).click()
    page.get_by_role("heading", name="Date and name the undated").wait_for()
    settled(page)
    assert page.url == f"{app}/library?view=undated"
    return row


def test_a_report_is_dated_in_the_library_and_all_reports_leads_back(
    app: str, page: Any, tmp_path: Path
) -> None:
    path = tmp_path / "bamboula-canal.txt"
    path.write_text("The Bamboula canal was closed because its third lock had burst.\n")
    row = _undated(page, app, path)
    row.get_by_label("Published").fill("3 May 2021")
    row.get_by_label("Published").press("Tab")
    settled(page)
    assert row.get_by_label("Published").input_value() == "3 May 2021"
    row.get_by_label("Publisher").fill("Canal Gazette")
    row.get_by_label("Publisher").press("Tab")
    page.get_by_role("button", name="Save 1 report").click()
    page.get_by_text("1 report put right").wait_for()
    settled(page)
    page.get_by_role("link", name="All reports").click()
    page.get_by_role("combobox", name="Order").wait_for()
    settled(page)
    assert page.url == f"{app}/library"
    page.get_by_role("searchbox").fill("bamboula")
    page.get_by_role("searchbox").press("Tab")
    settled(page)
    told = page.locator("[class*='st-key-report-']", has_text=path.stem).inner_text()
    assert "3 May 2021" in told and "Canal Gazette" in told


def test_the_library_in_the_sidebar_leads_out_of_the_form_that_dates_reports(
    app: str, page: Any, tmp_path: Path
) -> None:
    path = tmp_path / "lower-canal.txt"
    path.write_text("The lower Bamboula canal was dredged by forty men with two boats.\n")
    _undated(page, app, path)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Library").click()
    page.get_by_role("combobox", name="Order").wait_for()
    settled(page)
    page.get_by_role("searchbox").fill("lower-canal")
    page.get_by_role("searchbox").press("Tab")
    settled(page)
    assert page.get_by_role("button", name="lower-canal").is_visible()
    page.go_back()
    page.get_by_role("heading", name="Date and name the undated").wait_for()


def test_back_from_another_page_leads_to_the_briefing_that_was_left(app: str, page: Any) -> None:
    page.goto(f"{app}/briefing")
    _write(page, "Gold mining in Kayes")
    written = page.url
    page.get_by_test_id("stSidebar").get_by_role("link", name="Library").click()
    page.get_by_role("combobox", name="Order").wait_for()
    settled(page)
    assert page.url == f"{app}/library"
    page.go_back()
    page.get_by_role("button", name="Word").wait_for()
    assert page.url == written


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("where", ["", "/briefing", "/library"])
def test_no_page_scrolls_sideways_on_a_phone(app: str, chrome: Any, where: str, scheme: str) -> None:
    context = chrome.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.goto(app + where)
    page.locator("h1").first.wait_for()
    settled(page)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    background = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    context.close()
    assert overflow <= 0
    channels = [int(one) for one in re.findall(r"\d+", background)[:3]]
    assert (sum(channels) > 600) == (scheme == "light")
