"""Tables, pickers and files on the page, by keyboard where somebody would."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import ask, dialog, write

pytestmark = pytest.mark.browser


def board(page: Page) -> Locator:
    write(page, "@Charter board")
    return page.get_by_role("table", name="Stages of Sizing model")


def stages(table: Locator) -> Locator:
    return table.get_by_role("rowheader")


def test_a_data_table_is_sorted_by_its_heads(priya: Page) -> None:
    table = board(priya)
    expect(stages(table)).to_have_text(["Scope", "Data", "Labels", "Model", "Test"])
    days = table.get_by_role("button", name="Days")
    days.click()
    expect(stages(table)).to_have_text(["Data", "Deploy", "Model", "Scope", "Watch"])
    expect(table.get_by_role("columnheader", name="Days")).to_have_attribute(
        "aria-sort", "ascending"
    )
    days.press("Enter")
    expect(stages(table)).to_have_text(["Test", "Labels", "Watch", "Scope", "Model"])
    days.press("Enter")
    expect(stages(table)).to_have_text(["Scope", "Data", "Labels", "Model", "Test"])
    table.get_by_role("button", name="Stage").click()
    expect(stages(table).first).to_have_text("Data")


def test_a_data_table_is_filtered_and_read_page_by_page(priya: Page) -> None:
    table = board(priya)
    priya.get_by_role("button", name="Next page").click()
    expect(stages(table)).to_have_text(["Deploy", "Watch"])
    expect(priya.get_by_text("6–7 of 7")).to_be_visible()
    expect(priya.get_by_role("button", name="Next page")).to_be_disabled()
    table_filter = priya.get_by_role("searchbox", name="Filter Stages of Sizing model")
    table_filter.fill("LA")
    expect(stages(table)).to_have_text(["Labels"])
    table_filter.fill("nothing like it")
    expect(table.get_by_text("Nothing matches the filter.")).to_be_visible()


def test_what_a_table_was_left_at_survives_a_reply(priya: Page) -> None:
    table = board(priya)
    table.get_by_role("button", name="Days").click()
    priya.get_by_role("button", name="Reply in thread to Charter").last.click()
    write(priya, "good", to="Reply …")
    expect(priya.get_by_role("button", name="1 reply")).to_be_visible()
    expect(stages(table.first)).to_have_text(["Data", "Deploy", "Model", "Scope", "Watch"])


def test_people_are_found_by_name_and_role(priya: Page) -> None:
    thread = ask(priya)
    people = thread.get_by_role("combobox", name="Ask somebody")
    people.click()
    people.press_sequentially("scien")
    options = thread.get_by_role("listbox", name="Ask somebody").get_by_role("option")
    expect(options).to_have_text(["Sara LindqvistData Scientist"])
    people.press("Escape")
    expect(options).to_have_count(0)
    expect(people).to_have_value("")
    people.press_sequentially("mart")
    people.press("Enter")
    expect(thread.get_by_text("Chosen: U0LEO")).to_be_visible()


def test_a_day_is_picked_with_the_arrows(priya: Page) -> None:
    write(priya, "/charter new")
    form = dialog(priya)
    form.get_by_role("button", name="Open calendar").press("Enter")
    expect(form.get_by_role("button", name=re.compile("Tuesday,? 1 December 2026"))).to_be_focused()
    for key in ("ArrowDown", "ArrowRight", "PageDown", "Home"):
        priya.keyboard.press(key)
    expect(form.get_by_role("button", name=re.compile("Monday,? 4 January 2027"))).to_be_focused()
    expect(form.get_by_text("January 2027", exact=True)).to_be_visible()
    priya.keyboard.press("Escape")
    expect(form).to_be_visible()
    expect(form.get_by_label("From")).to_have_value("2026-12-01")
    form.get_by_role("button", name="Open calendar").press("Enter")
    priya.keyboard.press("ArrowLeft")
    priya.keyboard.press("Enter")
    expect(form.get_by_label("From")).to_have_value("2026-11-30")
    expect(form.get_by_label("From")).to_be_focused()


def test_times_and_moments_are_those_of_the_acting_person(priya: Page) -> None:
    priya.get_by_label("Act as").select_option(label="Sara Lindqvist")
    write(priya, "/charter standup")
    form = priya.get_by_role("dialog", name="Standup")
    form.get_by_role("button", name="Open list of times").first.press("Enter")
    expect(form.get_by_role("button", name="09:00")).to_be_focused()
    priya.keyboard.press("ArrowDown")
    priya.keyboard.press("Enter")
    expect(form.get_by_label("Time", exact=True)).to_have_value("09:30")
    form.get_by_label("Until: date").fill("2026-12-24")
    form.get_by_label("Until: time").fill("18:00")
    form.get_by_label("Minutes to wait").fill("45")
    form.get_by_label("Board").fill("https://example.org/board")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    # 18:00 in Tokyo is 09:00 UTC.
    told = "('09:30', '2026-12-01', 1798102800, '45', 'https://example.org/board')"
    expect(priya.get_by_text(f"Saved: {told}")).to_be_visible()


def test_hints_and_errors_are_told_with_their_field(priya: Page) -> None:
    write(priya, "/charter standup")
    form = priya.get_by_role("dialog", name="Standup")
    time, minutes = form.get_by_label("Time", exact=True), form.get_by_label("Minutes to wait")
    expect(time).to_have_accessible_description("Where each person is.")
    minutes.fill("soon")
    form.get_by_role("button", name="Save").click()
    expect(time).to_be_focused()
    expect(time).to_have_accessible_description(
        "Where each person is. Please complete this required field."
    )
    expect(minutes).to_have_attribute("aria-invalid", "true")
    expect(minutes).to_have_accessible_description(re.compile("[Nn]umber"))
    expect(minutes).to_have_value("soon")


def test_a_file_is_downloaded(priya: Page) -> None:
    write(priya, "/charter export")
    file = priya.get_by_role("link", name="Download portfolio.xlsx, Excel workbook · 24 kB")
    expect(file).to_contain_text("Portfolio")
    with priya.expect_download() as download:
        file.click()
    assert download.value.suggested_filename == "portfolio.xlsx"
    assert download.value.path().read_bytes() == b"PK" + bytes(23_998)
