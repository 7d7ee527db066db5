"""Files that go with a message: chosen, dropped, pasted, taken away again and sent."""

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from handlers.playground.double import Double
from tests.browser.steps import ask

pytestmark = pytest.mark.browser

CELLS = b"Stage;A\n"
CARRIES = """(box, [kind, names, text]) => {
  const carried = new DataTransfer();
  for (const name of names) carried.items.add(new File(["Stage;A\\n"], name));
  if (text) carried.setData("text/plain", text);
  const how = { bubbles: true, cancelable: true };
  const event = kind === "paste"
    ? new ClipboardEvent(kind, { ...how, clipboardData: carried })
    : new DragEvent(kind, { ...how, dataTransfer: carried });
  return box.dispatchEvent(event);
}"""
"""Drops or pastes files; whether the browser would go on with it by itself."""


def table(name: str = "raci.csv", cells: bytes = CELLS) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": cells}


def composer(page: Page) -> Locator:
    return page.locator("#composer")


def chip(page: Page, name: str = "raci.csv") -> Locator:
    return composer(page).get_by_role("button", name=f"Take {name} away")


def test_a_file_is_chosen_with_keys_and_sent(priya: Page, double: Double) -> None:
    box = composer(priya).get_by_role("textbox")
    button = composer(priya).get_by_role("button", name="Attach a file")
    with priya.expect_file_chooser() as chooser:
        button.press("Enter")
    chooser.value.set_files(files=[table()])
    expect(chip(priya)).to_be_visible()
    expect(composer(priya)).to_contain_text("raci.csv8 B")
    expect(box).to_be_focused()
    priya.keyboard.type("Our letters")
    priya.keyboard.press("Enter")
    expect(chip(priya)).to_have_count(0)
    expect(box).to_have_value("")
    link = priya.get_by_role("link", name="Download raci.csv, CSV table · 8 B")
    with priya.expect_download() as download:
        link.click()
    assert download.value.path().read_bytes() == CELLS
    message = double.person("Priya").sees("proj-sizing")[-1]
    assert (message.text, message.files[0].name) == ("Our letters", "raci.csv")


def test_a_file_goes_alone_into_a_thread(priya: Page) -> None:
    thread = ask(priya)
    thread.get_by_label("File to attach").set_input_files(files=[table()])
    thread.get_by_role("button", name="Send").click()
    expect(thread.get_by_role("link", name="Download raci.csv")).to_be_visible()


def test_a_file_is_taken_away_and_another_takes_its_place(priya: Page) -> None:
    field = composer(priya).get_by_label("File to attach")
    field.set_input_files(files=[table()])
    field.set_input_files(files=[table("new.csv")])
    expect(chip(priya)).to_have_count(0)
    chip(priya, "new.csv").press("Enter")
    expect(chip(priya, "new.csv")).to_have_count(0)
    expect(composer(priya).get_by_role("textbox")).to_be_focused()
    field.set_input_files(files=[table()])
    expect(chip(priya)).to_be_visible()


def test_a_file_is_dropped_or_pasted(priya: Page) -> None:
    box = composer(priya).get_by_role("textbox")
    assert not box.evaluate(CARRIES, ["dragover", ["raci.csv"], ""])
    expect(composer(priya).locator(".box")).to_have_class("box taking")
    assert not box.evaluate(CARRIES, ["drop", ["raci.csv"], ""])
    expect(composer(priya).locator(".box")).to_have_class("box")
    expect(chip(priya)).to_be_visible()
    assert not box.evaluate(CARRIES, ["paste", ["new.csv"], ""])
    expect(chip(priya, "new.csv")).to_be_visible()
    assert box.evaluate(CARRIES, ["paste", ["cells.png"], "Stage"])
    expect(chip(priya, "cells.png")).to_have_count(0)
    assert not priya.locator("#messages").evaluate(CARRIES, ["drop", ["else.csv"], ""])
    expect(chip(priya, "new.csv")).to_be_visible()


def test_what_is_not_taken_is_told(priya: Page, double: Double) -> None:
    field = composer(priya).get_by_label("File to attach")
    status = composer(priya).get_by_role("status")
    field.set_input_files(files=[table(cells=b"")])
    expect(status).to_have_text("There is nothing in raci.csv.")
    field.set_input_files(files=[table(cells=bytes(20_000_001))])
    expect(status).to_have_text("raci.csv is larger than 20 MB.")
    box = composer(priya).get_by_role("textbox")
    box.evaluate(CARRIES, ["drop", ["one.csv", "two.csv"], ""])
    expect(status).to_have_text("One file goes along with a message.")
    field.set_input_files(files=[table()])
    expect(status).to_be_empty()
    box.fill("/charter matrix")
    box.press("Enter")
    expect(status).to_have_text("A command takes no file: send one after the other.")
    expect(box).to_have_value("/charter matrix")
    expect(chip(priya)).to_be_visible()


@pytest.mark.long
def test_a_large_file_comes_whole(priya: Page, double: Double) -> None:
    content = bytes(range(256)) * 78_000
    composer(priya).get_by_label("File to attach").set_input_files(files=[table(cells=content)])
    composer(priya).get_by_role("button", name="Send").click()
    expect(priya.get_by_role("link", name="Download raci.csv, CSV table · 20 MB")).to_be_visible()
    assert double.person("Priya").sees("proj-sizing")[-1].files[0].content == content


def test_what_was_attached_waits_where_it_was(priya: Page) -> None:
    composer(priya).get_by_label("File to attach").set_input_files(files=[table()])
    priya.locator("#channels").get_by_role("button", name="general").click()
    expect(priya.get_by_role("textbox", name="Message #general")).to_be_enabled()
    expect(chip(priya)).to_have_count(0)
    priya.locator("#channels").get_by_role("button", name="proj-sizing").click()
    expect(chip(priya)).to_be_visible()
