"""The main job, as a person does it: the real program, the real bot, a real browser."""

import re

from playwright.sync_api import Page, expect

from tests.browser.steps import accepts, act_as, channel, choose, say


def test_ask_hand_over_and_read_home(page: Page, playground: str) -> None:
    page.goto(playground)
    act_as(page, "Nia Okonkwo")
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
    expect(thread).to_contain_text("hand-over from Bea Lind to Cy Moss, offered")
    expect(thread.get_by_role("button", name="Undo")).to_be_visible()

    act_as(page, "Cy Moss")
    accepts(page)
    channel(page, "proj-berth")
    say(page, "@Charter who owns the pipeline?")
    page.get_by_role("button", name=re.compile("1 reply")).last.click()
    expect(thread).to_contain_text("Cy Moss is accountable for Data pipeline in Berth Planner")

    page.locator("#apps").get_by_text("Charter").click()
    page.get_by_role("tab", name="Home").click()
    home = page.locator("#home")
    expect(home).to_contain_text("What you hold")
    expect(home).to_contain_text("A/C – Data pipeline")


def test_q8_the_shortcut_answers_and_shares_from_a_form(page: Page, playground: str) -> None:
    page.goto(playground)
    act_as(page, "Nia Okonkwo")
    channel(page, "proj-berth")
    box = page.locator("#composer").get_by_role("textbox")
    box.press_sequentially("/who")
    page.get_by_role("option", name="Who owns…?").click()
    expect(box).to_have_value("")
    form = page.get_by_role("dialog")
    form.get_by_role("textbox", name="Your question").fill("who owns the data pipeline?")
    form.get_by_role("button", name="Ask").click()
    form.get_by_role("button", name="Berth Planner").click()
    expect(form).to_contain_text("Bea Lind is accountable for Data pipeline in Berth Planner")
    form.get_by_role("button", name="Choose where to post").click()
    choose(form, "Post it in", "#proj-berth")
    form.get_by_role("button", name="Share", exact=True).click()
    expect(form).to_contain_text("Shared in #proj-berth.")
    form.get_by_role("button", name="Close").last.click()
    expect(page.locator("#messages")).to_contain_text("Shared by Nia Okonkwo.")


def test_q1_what_to_ask_is_suggested_beside_the_channel_that_is_looked_at(
    page: Page, playground: str
) -> None:
    page.goto(playground)
    act_as(page, "Nia Okonkwo")
    channel(page, "proj-berth")
    expect(page.locator("#beside")).to_be_hidden()
    page.locator("#apps").get_by_text("Charter").click()
    page.get_by_role("tab", name="Messages").click()
    suggested = page.get_by_role("region", name="Ask Charter").get_by_role("button")
    first = suggested.filter(has_text="Who owns").first
    expect(first).to_be_visible()
    asked = (first.text_content() or "").removeprefix("Who owns ").rstrip("?")
    first.click()
    messages = page.locator("#messages")
    expect(messages).to_contain_text(f"who owns {asked} in Berth Planner?")
    expect(messages).to_contain_text(f"accountable for {asked} in Berth Planner")
    expect(page.locator("#doing")).to_be_empty()
