"""The main job, as a person does it: the real program, the real bot, a real browser."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture
def playground(tmp_path: Path) -> Iterator[str]:
    """The address of a playground started as `make run` starts it, in a folder of its own."""
    slackless = {name: value for name, value in os.environ.items() if "SLACK" not in name}
    with subprocess.Popen(
        [sys.executable, str(APP)],
        cwd=tmp_path,
        env=slackless | {"PORT": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as program:
        assert program.stdout is not None
        said = program.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        try:
            assert found, f"the program said {said!r}"
            yield found[0]
        finally:
            program.send_signal(signal.SIGTERM)
            assert program.wait(20) == 0
    assert (tmp_path / "var" / "playground.db").exists()


def say(page: Page, text: str, within: str = "#composer") -> None:
    box = page.locator(within).get_by_role("textbox")
    box.fill(text)
    box.press("Escape")
    box.press("Enter")


def channel(page: Page, name: str) -> None:
    page.locator("#channels").get_by_text(name).click()
    expect(page.locator("#place")).to_contain_text(name)


def test_ask_hand_over_and_read_home(page: Page, playground: str) -> None:
    page.goto(playground)
    page.get_by_label("Act as").select_option(label="Nia Okonkwo")
    channel(page, "proj-berth")

    say(page, "@Charter who owns the data pipeline?")
    page.get_by_role("button", name=re.compile("1 reply")).click()
    thread = page.locator("#thread-messages")
    expect(thread).to_contain_text("Bea Lind is accountable for Data pipeline in Berth Planner")

    thread.get_by_role("button", name="Hand over").click()
    form = page.get_by_role("dialog")
    expect(form).to_contain_text("Bea Lind is accountable")
    form.get_by_role("button", name="Hand over").click()
    expect(form.get_by_role("alert").first).to_be_visible()
    expect(form.get_by_role("alert").first).not_to_be_empty()

    choose(form, "Person", "Bea Lind")
    form.get_by_role("button", name="Hand over").click()
    expect(form.get_by_role("alert").first).to_be_visible()

    choose(form, "Person", "Cy Moss")
    form.get_by_role("button", name="Hand over").click()
    expect(form).to_be_hidden()
    expect(thread).to_contain_text("Cy Moss")
    expect(thread.get_by_role("button", name="Undo")).to_be_visible()

    say(page, "@Charter who owns the pipeline?", "#thread-composer")
    expect(thread).to_contain_text("Cy Moss is accountable for Data pipeline in Berth Planner")

    page.get_by_label("Act as").select_option(label="Cy Moss")
    page.locator("#apps").get_by_text("Charter").click()
    home = page.locator("#home")
    expect(home).to_contain_text("What you hold")
    expect(home).to_contain_text("A/C – Data pipeline")


def choose(form: Locator, label: str, option: str) -> None:
    """Pick an option in a select that is searched by typing."""
    box = form.get_by_role("combobox", name=label)
    box.fill(option)
    form.get_by_role("option", name=option).first.click()
