"""Getting about on the page: with the keyboard, between people, in windows of all widths."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from handlers.playground.double import Double
from tests.browser.steps import ask, dialog, write

pytestmark = pytest.mark.browser


def test_the_switcher_goes_to_channels_and_into_peoples_shoes(priya: Page) -> None:
    priya.keyboard.press("Control+k")
    jump = priya.get_by_role("dialog", name="Jump to")
    expect(jump.get_by_role("combobox")).to_be_focused()
    priya.keyboard.type("gen")
    expect(jump.get_by_role("option")).to_have_text(["general"])
    priya.keyboard.press("Enter")
    expect(jump).to_have_count(0)
    expect(priya.locator("#place")).to_have_text("general")
    priya.keyboard.press("Control+k")
    priya.keyboard.type("lind")
    priya.keyboard.press("Enter")
    expect(priya.get_by_label("Act as")).to_have_value("U0SARA")
    priya.keyboard.press("Control+k")
    priya.keyboard.press("Escape")
    expect(jump).to_have_count(0)


def test_the_arrows_go_along_places_tabs_and_messages(priya: Page) -> None:
    write(priya, "first")
    write(priya, "second")
    expect(priya.get_by_role("listitem", name="Priya Raman").last).to_contain_text("second")
    priya.get_by_role("list", name="Messages").focus()
    priya.keyboard.press("ArrowUp")
    expect(priya.get_by_role("listitem", name="Priya Raman").last).to_be_focused()
    priya.keyboard.press("ArrowUp")
    expect(priya.get_by_role("listitem", name="Priya Raman").first).to_be_focused()
    priya.keyboard.press("Alt+ArrowUp")
    expect(priya.locator("#place")).to_have_text("proj-secret")
    priya.keyboard.press("Alt+ArrowUp")
    expect(priya.locator("#place")).to_have_text("general")
    priya.get_by_role("button", name="general").focus()
    priya.keyboard.press("ArrowDown")
    expect(priya.get_by_role("button", name="proj-secret, private")).to_be_focused()
    priya.get_by_role("button", name="Charter", exact=True).press("Enter")
    priya.get_by_role("tab", name="Home").focus()
    priya.keyboard.press("ArrowRight")
    expect(priya.get_by_role("tab", name="Messages")).to_have_attribute("aria-selected", "true")
    priya.keyboard.press("End")
    about = priya.get_by_role("region", name="About")
    expect(about.locator("code")).to_have_text(
        ["/charter", "who", "raci", "new", "help", "/broken"]
    )
    expect(priya.get_by_role("tab", name="Home")).to_have_attribute("tabindex", "-1")


def test_f6_goes_round_and_escape_goes_back(priya: Page) -> None:
    ask(priya)
    reply = priya.get_by_role("textbox", name="Reply …")
    expect(reply).to_be_focused()
    for _ in range(12):
        priya.keyboard.press("F6")
        if priya.get_by_label("Act as").evaluate("one => one === document.activeElement"):
            break
    expect(priya.get_by_label("Act as")).to_be_focused()
    reply.fill("half a thought")
    reply.press("Escape")
    expect(reply).to_have_value("half a thought")
    reply.fill("")
    reply.press("Escape")
    expect(priya.get_by_role("complementary", name="Thread")).to_have_count(0)
    expect(priya.get_by_role("textbox", name="Message #proj-sizing")).to_be_focused()


def test_a_question_is_asked_and_handed_over_without_a_mouse(priya: Page) -> None:
    """Nothing but keys, from the first Tab on."""
    priya.keyboard.press("Control+k")
    priya.keyboard.type("sizing")
    priya.keyboard.press("Enter")
    priya.get_by_role("textbox", name="Message #proj-sizing").press_sequentially("@Char")
    priya.keyboard.press("Enter")
    priya.keyboard.type("who owns the data pipeline?")
    priya.keyboard.press("Enter")
    expect(priya.get_by_role("button", name="1 reply")).to_be_visible()
    for _ in range(30):
        priya.keyboard.press("Shift+Tab")
        if "1 reply" in priya.evaluate("() => document.activeElement.textContent"):
            break
    priya.keyboard.press("Enter")
    expect(priya.get_by_role("textbox", name="Reply …")).to_be_focused()
    for _ in range(30):
        priya.keyboard.press("Shift+Tab")
        if priya.evaluate("() => document.activeElement.textContent") == "Hand over":
            break
    priya.keyboard.press("Enter")
    expect(dialog(priya).get_by_role("combobox", name="New owner")).to_be_focused()
    priya.keyboard.press("Escape")
    expect(dialog(priya)).to_have_count(0)
    expect(priya.get_by_role("complementary", name="Thread")).to_be_visible()


def test_news_are_marked_for_each_person_and_where_they_begin(priya: Page, double: Double) -> None:
    double.person("Leo").says("old", channel="general")
    priya.get_by_role("button", name="general, unread").click()
    expect(priya.locator("#place")).to_have_text("general")
    priya.get_by_role("button", name="proj-sizing").click()
    expect(priya.locator("#place")).to_have_text("proj-sizing")
    double.person("Leo").says("news", channel="general")
    priya.get_by_role("button", name="general, unread").click()
    begins = priya.get_by_text("New", exact=True)
    expect(begins).to_be_visible()
    place = priya.get_by_role("list", name="Messages").get_by_role("listitem")
    expect(place).to_have_text([re.compile("Today"), re.compile("old"), "New", re.compile("news")])
    priya.get_by_label("Act as").select_option(label="Sam Okafor")
    priya.get_by_role("button", name="proj-sizing").click()
    expect(priya.locator("#place")).to_have_text("proj-sizing")
    expect(priya.get_by_role("button", name="general", exact=True)).to_be_visible()
    double.person("Leo").says("more", channel="general")
    expect(priya.get_by_role("button", name="general, unread")).to_be_visible()


def test_dark_and_light_stay_as_chosen(priya: Page) -> None:
    ground = "() => getComputedStyle(document.querySelector('main')).backgroundColor"
    light = priya.evaluate(ground)
    priya.get_by_role("button", name="Switch to dark colours").click()
    dark = priya.evaluate(ground)
    assert light == "rgb(255, 255, 255)"
    assert dark != light
    priya.reload()
    expect(priya.get_by_role("button", name="Switch to light colours")).to_be_visible()
    assert priya.evaluate(ground) == dark
    priya.get_by_role("button", name="Switch to light colours").click()
    assert priya.evaluate(ground) == light


def test_a_system_in_dark_colours_is_followed(priya: Page) -> None:
    priya.emulate_media(color_scheme="dark")
    expect(priya.get_by_role("button", name="Switch to light colours")).to_be_visible()


@pytest.mark.parametrize("width", [360, 390, 720])
def test_a_narrow_window_shows_one_thing_at_a_time(priya: Page, width: int) -> None:
    priya.set_viewport_size({"width": width, "height": 700})
    thread = ask(priya)
    expect(thread.get_by_text("Accountable: @Priya Raman")).to_be_visible()
    expect(priya.get_by_role("main")).to_be_hidden()
    thread.get_by_role("button", name="Close thread").click()
    expect(priya.get_by_role("main")).to_be_visible()
    expect(priya.get_by_role("navigation", name="Workspace")).to_be_hidden()
    priya.get_by_role("button", name="Back to the list").click()
    expect(priya.get_by_role("main")).to_be_hidden()
    priya.get_by_role("button", name="general").click()
    expect(priya.locator("#place")).to_have_text("general")
    wide = "() => document.documentElement.scrollWidth - innerWidth"
    assert priya.evaluate(wide) == 0
    write(priya, "/charter new", to="Message #general")
    expect(dialog(priya)).to_be_visible()
    assert dialog(priya).bounding_box() == {"x": 0, "y": 0, "width": width, "height": 700}


def test_the_title_of_a_table_is_not_broken_up_in_a_narrow_window(priya: Page) -> None:
    priya.set_viewport_size({"width": 360, "height": 700})
    write(priya, "@Charter board")
    title = priya.locator(".data-table strong").get_by_text("Stages of Sizing model")
    expect(title).to_be_visible()
    box = title.bounding_box()
    assert box is not None
    assert box["width"] > 200


def test_four_things_to_try_are_shown_once(page: Page, address: str) -> None:
    page.goto(address)
    tips = page.get_by_role("region", name="Four things to try")
    expect(tips.get_by_role("heading", level=4)).to_have_count(4)
    tips.get_by_role("button", name="Write one").click()
    box = page.get_by_role("textbox", name="Message #proj-sizing")
    expect(box).to_be_focused()
    expect(box).to_have_value("@Charter who owns the data pipeline?")
    expect(tips.get_by_text("tried")).to_have_count(0)
    box.press("Enter")
    expect(tips.locator(".done")).to_contain_text(["Ask a question"])
    page.reload()
    expect(tips.locator(".done")).to_contain_text(["Ask a question"])
    tips.get_by_role("button", name="Hide the four things to try").click()
    expect(tips).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Act as")).to_be_visible()
    expect(tips).to_have_count(0)
    page.get_by_role("button", name="Help").click()
    page.get_by_role("button", name="Show the four things to try").click()
    expect(tips).to_be_visible()
    expect(tips.get_by_text("tried")).to_have_count(0)


@pytest.mark.parametrize(
    ("said", "tried"),
    [
        ("@Charter who is accountable for labels?", ["Ask a question"]),
        ("@Charter hand the data pipeline over to Sam Okafor", ["Hand a stage over"]),
        ("/charter raci data pipeline A @Sam Okafor", ["Hand a stage over"]),
        ("/charter standup set 9:30", ["Run a standup"]),
        ("look: https://code.example/sizing/pull/7", ["Link work, export it"]),
        ("lunch, anybody?", []),
    ],
)
def test_what_somebody_did_in_their_own_words_is_theirs_alone(
    priya: Page, said: str, tried: list[str]
) -> None:
    done = priya.get_by_role("region", name="Four things to try").locator(".done h4")
    write(priya, said)
    expect(priya.get_by_role("textbox", name="Message #proj-sizing")).to_have_value("")
    expect(done).to_have_text([f"{one} tried" for one in tried])
    priya.get_by_label("Act as").select_option(label="Sam Okafor")
    expect(priya.locator("#my-title")).to_contain_text("ML Engineer")
    expect(done).to_have_count(0)


def test_the_time_of_a_further_message_stays_in_its_gutter(chromium: Browser, address: str) -> None:
    """Also where a clock says AM or PM, for which there is no room."""
    context = chromium.new_context(locale="en-US", timezone_id="UTC")
    page = context.new_page()
    page.goto(address)
    for text in ("first", "second"):
        write(page, text, to="Message #proj-sizing")
    gutter = page.locator(".message.together .gutter").last
    expect(gutter).to_have_text(re.compile(r"^\d\d:\d\d$"))
    time, room = gutter.locator("time").bounding_box(), gutter.bounding_box()
    assert time is not None
    assert room is not None
    assert time["width"] <= room["width"]
    assert time["height"] < 20
    context.close()


def test_commands_are_explained_while_they_are_typed(priya: Page) -> None:
    box = priya.get_by_role("textbox", name="Message #proj-sizing")
    box.press_sequentially("/charter ")
    expect(priya.get_by_text("/charter who | raci | new | help")).to_be_visible()
    box.press_sequentially("ra")
    expect(priya.get_by_text("/charter raci", exact=True)).to_be_visible()
    box.fill("ra")
    expect(priya.get_by_text("The charter of your team")).to_be_hidden()
    box.fill("important")
    box.press("Control+a")
    priya.locator("#composer").get_by_role("button", name="Bold").click()
    expect(box).to_have_value("*important*")


def test_profiles_tell_the_local_time_and_lead_into_shoes(priya: Page) -> None:
    priya.get_by_role("button", name="Sara Lindqvist: profile").click()
    profile = priya.get_by_role("dialog", name="Profile")
    expect(profile.get_by_text("local time · Tokyo")).to_be_visible()
    profile.get_by_role("button", name="See as Sara").click()
    expect(priya.get_by_label("Act as")).to_have_value("U0SARA")
    expect(priya.locator("#my-title")).to_contain_text("Data Scientist")
    expect(priya.locator("#my-title")).to_contain_text("Tokyo")


def test_an_admin_deactivates_somebody_and_brings_them_back(priya: Page, double: Double) -> None:
    profile = priya.get_by_role("dialog", name="Profile")
    sara = priya.get_by_role("button", name="Sara Lindqvist: profile")
    sara.click()
    expect(profile.get_by_role("button", name="Deactivate")).to_have_count(0)
    expect(priya.get_by_role("button", name="Bea Novak: profile")).to_have_count(0)

    priya.get_by_label("Act as").select_option(label="Leo Martins")
    asked = priya.get_by_role("dialog", name="Deactivate Sara Lindqvist?")
    for answer in ("Keep them", "Deactivate"):
        assert not double.person("Sara").user.deleted
        sara.click()
        profile.get_by_role("button", name="Deactivate").click()
        expect(asked).to_contain_text("Every letter of theirs becomes a vacant seat")
        asked.get_by_role("button", name=answer).click()
    expect(sara).to_contain_text("deactivated")
    assert double.person("Sara").user.deleted
    expect(priya.get_by_label("Act as").locator("option", has_text="Sara")).to_have_count(0)
    sara.click()
    expect(profile).to_contain_text("This account was deactivated.")
    expect(profile.get_by_role("button", name="See as Sara")).to_have_count(0)
    profile.get_by_role("button", name="Reactivate").click()
    expect(sara).not_to_contain_text("deactivated")
    assert not double.person("Sara").user.deleted


def test_who_goes_elsewhere_is_not_brought_back_to_the_app(priya: Page) -> None:
    priya.get_by_role("button", name="Charter", exact=True).click()
    expect(priya.locator("#place")).to_contain_text("Charter")
    priya.get_by_label("Act as").select_option(label="Priya Raman")
    priya.get_by_role("button", name="general").click()
    write(priya, "/charter matrix", "Message #general")
    expect(priya.get_by_text("Only visible to you")).to_be_visible()
    expect(priya.locator("#place")).to_contain_text("general")


def test_half_a_thought_stays_where_it_was_written(priya: Page) -> None:
    priya.get_by_role("textbox", name="Message #proj-sizing").fill("half a thought")
    priya.get_by_role("button", name="general").click()
    expect(priya.get_by_role("textbox", name="Message #general")).to_have_value("")
    priya.get_by_role("button", name="proj-sizing").click()
    box = priya.get_by_role("textbox", name="Message #proj-sizing")
    expect(box).to_have_value("half a thought")
    box.press("Enter")
    expect(priya.get_by_role("listitem", name="Priya Raman")).to_contain_text("half a thought")
    priya.get_by_label("Act as").select_option(label="Sam Okafor")
    expect(priya.get_by_label("Act as")).to_have_value("U0SAM")
    expect(box).to_have_value("")


def test_the_app_stays_open_when_somebody_else_acts(priya: Page) -> None:
    priya.get_by_role("button", name="Charter", exact=True).click()
    home = priya.get_by_role("region", name="Home")
    expect(home.get_by_text("@Priya Raman: A of Data pipeline")).to_be_visible()
    priya.get_by_label("Act as").select_option(label="Sam Okafor")
    expect(home.get_by_text("@Sam Okafor: A of Data pipeline")).to_be_visible()
    expect(priya.locator("#place")).to_have_text("CharterAPP")


def slowly(page: Page, who: str) -> None:
    """What this person sees comes a second late."""

    def late(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    page.route(re.compile(rf"/playground/api/state\?as={who}&"), late)


def test_the_app_is_the_next_persons_before_their_view_is_there(priya: Page) -> None:
    slowly(priya, "U0SAM")
    priya.get_by_label("Act as").select_option(label="Sam Okafor")
    priya.get_by_role("button", name="Charter", exact=True).dispatch_event("click")
    expect(priya.locator("#place")).to_have_text("CharterAPP")
    home = priya.get_by_role("region", name="Home")
    expect(home.get_by_text("@Sam Okafor: A of Data pipeline")).to_be_visible()


def test_nobody_acts_in_the_view_of_the_person_before(priya: Page) -> None:
    slowly(priya, "U0SAM")
    priya.get_by_label("Act as").select_option(label="Sam Okafor")
    held = "() => [...document.querySelectorAll('[inert]')].map(one => one.id).toSorted()"
    assert priya.evaluate(held) == ["apps", "channels", "conversation", "home", "tabs", "thread"]
    expect(priya.locator("#my-title")).to_contain_text("ML Engineer")
    assert priya.evaluate(held) == []


def test_the_last_place_asked_for_is_the_one_shown(priya: Page) -> None:
    for name in ("general", "proj-sizing", "general", "proj-sizing"):
        priya.get_by_role("button", name=name).click()
    write(priya, "here I am")
    expect(priya.get_by_role("listitem", name="Priya Raman")).to_contain_text("here I am")
    expect(priya.locator("#place")).to_have_text("proj-sizing")


def test_the_latest_is_in_sight_for_whoever_wrote_it(priya: Page, double: Double) -> None:
    write(priya, "/charter matrix")
    latest = priya.locator("#messages > .message").last
    for number in range(8):
        write(priya, f"/charter matrix {number}")
        expect(priya.get_by_text("Only visible to you")).to_have_count(number + 2)
        expect(latest.get_by_text("Ship it small.")).to_be_in_viewport()
    priya.get_by_role("list", name="Messages").evaluate("list => { list.scrollTop = 0 }")
    double.person("Leo").says("Do not move the page", channel="proj-sizing")
    expect(latest).to_contain_text("Do not move the page")
    expect(latest).not_to_be_in_viewport()
    write(priya, "mine")
    expect(latest).to_contain_text("mine")
    expect(latest).to_be_in_viewport()
