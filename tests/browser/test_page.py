"""The playground's page in a real browser, with a small bot of the tests' own behind it."""

from datetime import timedelta
from itertools import combinations, product
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import FloatRect, Page, expect

from handlers.playground.double import Beside, Double, serving
from handlers.playground.page import wsgi
from handlers.views import charts
from tests.browser.steps import ask, dialog, write
from tests.handlers.playground.recorder import Recorder

pytestmark = pytest.mark.browser


def test_a_question_is_answered_in_its_thread(priya: Page) -> None:
    thread = ask(priya)
    expect(thread.get_by_text("Accountable: @Priya Raman since 1 Jan 2026")).to_be_visible()
    expect(thread.locator("em", has_text="Data pipeline")).to_be_visible()
    expect(thread.locator("code")).to_have_text("data pipelin")
    expect(thread.get_by_text("✅")).to_be_visible()


def test_what_the_app_is_doing_is_told_beside_its_messages(priya: Page, double: Double) -> None:
    priya.locator("#apps").get_by_role("button").first.click()
    priya.get_by_role("tab", name="Messages").click()
    place = double.space.im_with(double.person("Priya").id).id
    beside = Beside().suggesting("Ask it", (("Who owns <it>?", "who owns it?"),))
    with double.space.change():
        double.space.beside[place] = beside.doing("1.0", "is looking…", ("Reading …",))
    expect(priya.locator("#doing")).to_have_text(f"{double.app.name} is looking… Reading …")
    expect(priya.get_by_role("region", name="Ask it").get_by_role("button")).to_have_text(
        ["Who owns <it>?"]
    )
    with double.space.change():
        double.space.beside[place] = beside
    expect(priya.locator("#doing")).to_be_empty()


def test_moments_are_told_in_the_readers_time(priya: Page, double: Double) -> None:
    moment = double.space.now() - timedelta(minutes=130)
    words = {"timestamp": int(moment.timestamp()), "fallback": "in UTC"}
    parts = [{"type": "date", "format": shown, **words} for shown in ("seen {ago}", "at {time}")]
    section = {"type": "rich_text_section", "elements": parts}
    place = double.channel("proj-sizing").id
    double.space.post(place, "U0CHARTER", "", [{"type": "rich_text", "elements": [section]}])
    times = priya.locator("time[title='in UTC']")
    zone = ZoneInfo(double.person("Priya").user.tz)
    expect(times).to_have_text(["seen 2 hours ago", f"at {moment.astimezone(zone):%H:%M}"])


def test_names_and_commands_are_completed(priya: Page) -> None:
    box = priya.get_by_role("textbox", name="Message #proj-sizing")
    box.press_sequentially("@sa")
    options = priya.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options).to_have_text(["Sam Okaforsam.okafor", "Sara Lindqvistsara.lindqvist"])
    box.press("ArrowDown")
    box.press("Tab")
    expect(box).to_have_value("@Sara Lindqvist ")
    box.fill("")
    box.press_sequentially("/ch")
    expect(options).to_contain_text("/charter who | raci | new | help")
    box.press("Enter")
    expect(box).to_have_value("/charter ")
    box.press_sequentially("see #gen")
    box.press("Escape")
    expect(options).to_have_count(0)


def test_a_command_is_answered_for_one_person(priya: Page) -> None:
    write(priya, "/charter matrix")
    answer = priya.get_by_role("listitem", name="Charter")
    expect(answer.get_by_text("Only visible to you")).to_be_visible()
    expect(answer.get_by_role("columnheader")).to_have_text(["Stage", "A", "Status"])
    expect(answer.get_by_role("row").nth(1)).to_have_text("Data pipelinePriyaBlocked")
    expect(answer.get_by_text("@data-team")).to_be_visible()
    expect(answer.get_by_role("link", name="Doc")).to_have_attribute("href", "https://example.org")
    priya.get_by_label("Act as").select_option(label="Sam Okafor")
    expect(priya.get_by_label("Act as")).to_have_value("U0SAM")
    expect(priya.get_by_text("Only visible to you")).to_have_count(0)


def test_dangerous_buttons_ask_first(priya: Page) -> None:
    thread = ask(priya)
    thread.get_by_role("button", name="Clear").click()
    question = priya.get_by_role("dialog", name="Hand over?")
    expect(question).to_contain_text("Sam Okafor becomes accountable")
    question.get_by_role("button", name="Keep it").click()
    expect(question).to_have_count(0)
    thread.get_by_role("button", name="Clear").click()
    question.get_by_role("button", name="Hand over").click()
    expect(thread.get_by_text("Cleared")).to_be_visible()


def test_selects_and_pickers_tell_what_was_chosen(priya: Page) -> None:
    thread = ask(priya)
    thread.get_by_label("Move stage").select_option(label="Blocked")
    expect(thread.get_by_text("Chosen: blocked")).to_be_visible()
    thread.get_by_role("combobox", name="Ask somebody").fill("lind")
    thread.get_by_role("combobox", name="Ask somebody").press("Enter")
    expect(thread.get_by_text("Chosen: U0SARA")).to_be_visible()
    thread.get_by_label("Due date").fill("2026-12-24")
    expect(thread.get_by_text("Chosen: 2026-12-24")).to_be_visible()
    thread.get_by_label("More").click()
    thread.get_by_role("button", name="Show history").click()
    expect(thread.get_by_text("Chosen: history")).to_be_visible()
    expect(thread.get_by_label("Move stage")).to_have_value("blocked")


def test_a_modal_is_filled_wrongly_and_then_rightly(priya: Page) -> None:
    write(priya, "/charter new")
    form = dialog(priya)
    form.get_by_role("button", name="Hand over").click()
    owner = form.get_by_role("combobox", name="New owner")
    expect(owner).to_be_focused()
    expect(owner).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_text("Please complete this required field.")).to_have_count(3)
    owner.fill("priya")
    owner.press("Enter")
    form.get_by_label("Reason").fill("Load <b>&</b>")
    form.get_by_role("radio", name="Now").check()
    form.get_by_role("button", name="Hand over").click()
    expect(form.get_by_text("Priya already holds it.")).to_be_visible()
    expect(form.get_by_label("Reason")).to_have_value("Load <b>&</b>")
    owner.fill("sam")
    owner.press("Enter")
    form.get_by_role("button", name="Hand over").click()
    expect(form).to_have_count(0)
    expect(priya.get_by_text("@Priya Raman → @Sam Okafor: Load")).to_be_visible()


def test_what_was_typed_survives_an_update(priya: Page) -> None:
    write(priya, "/charter new")
    form = dialog(priya)
    form.get_by_label("Reason").fill("Because")
    several = form.get_by_role("combobox", name="Tell")
    for name in ("sam", "sara"):
        several.fill(name)
        several.press("Enter")
    form.get_by_role("button", name="Remove Sam Okafor").click()
    form.get_by_role("combobox", name="Stage").fill("stage 17")
    form.get_by_role("combobox", name="Stage").press("Enter")
    form.get_by_role("button", name="Check load").click()
    expect(form.get_by_text("Load checked.")).to_be_visible()
    expect(form.get_by_label("Reason")).to_have_value("Because")
    expect(form.get_by_role("combobox", name="Stage")).to_have_value("Stage 17")
    expect(form.get_by_role("button", name="Remove Sara Lindqvist")).to_be_visible()
    expect(form.get_by_role("button", name="Remove Sam Okafor")).to_have_count(0)
    expect(form.get_by_label("Accountable")).to_be_checked()


def test_escape_closes_a_modal(priya: Page, double: Double) -> None:
    write(priya, "/charter new")
    expect(dialog(priya)).to_be_visible()
    priya.keyboard.press("Escape")
    expect(dialog(priya)).to_have_count(0)
    assert double.person("Priya").modal is None


def test_home_is_read_and_used(priya: Page) -> None:
    priya.get_by_role("button", name="Charter", exact=True).click()
    home = priya.get_by_role("region", name="Home")
    expect(home.get_by_role("heading", name="What you hold")).to_be_visible()
    expect(home.get_by_text("@Priya Raman: A of Data pipeline")).to_be_visible()
    home.get_by_role("button", name="Hand over").click()
    expect(dialog(priya)).to_be_visible()


def test_the_bot_answers_in_its_direct_messages(priya: Page) -> None:
    priya.get_by_role("button", name="Charter", exact=True).click()
    priya.get_by_role("tab", name="Messages").click()
    write(priya, "hello *you* & <i>all</i>", to="Message Charter")
    answer = priya.get_by_role("listitem", name="Charter")
    expect(answer).to_contain_text("You said: hello you & <i>all</i>")
    expect(answer.locator("strong")).to_have_text("you")
    expect(answer.locator("i")).to_have_count(0)


def test_a_late_bot_is_shown(priya: Page, double: Double) -> None:
    double.courier.seconds = 2.5
    write(priya, "/broken now")
    expect(priya.get_by_text("Waiting for an answer …")).to_be_visible()
    expect(priya.get_by_text('/broken failed with the error "operation_timeout"')).to_be_visible()
    expect(priya.get_by_text("Waiting for an answer …")).to_have_count(0)


def test_what_the_bot_has_not_taken_can_be_sent_again(page: Page, double: Double) -> None:
    recorder = Recorder(double.app.signing_secret)
    recorder.fails()
    with serving(wsgi(double, recorder)) as url:
        double.base_url = url
        page.goto(f"{url}/#as=U0PRIYA&at=C0SIZING")
        write(page, "@Charter hello")
        expect(page.get_by_text("Charter has not taken a message.")).to_be_visible()
        expect(page.get_by_text("Charter has not taken your message (http_error).")).to_be_visible()
        recorder.says("")
        page.get_by_role("button", name="Send again").click()
        expect(page.get_by_text("Charter has not taken a message.")).to_be_hidden()
        page.get_by_role("button", name="Dismiss").click()
        expect(page.get_by_text("Charter has not taken your message")).to_have_count(0)
        double.close()


def test_private_channels_are_their_members(priya: Page) -> None:
    secret = priya.get_by_role("button", name="proj-secret, private")
    expect(secret).to_be_visible()
    priya.get_by_label("Act as").select_option(label="Leo Martins")
    expect(priya.get_by_label("Act as")).to_have_value("U0LEO")
    expect(secret).to_have_count(0)


def test_an_archived_channel_takes_nothing(priya: Page) -> None:
    priya.get_by_role("button", name="old-plans, archived").click()
    expect(priya.get_by_role("textbox", name="This channel is archived")).to_be_disabled()


def test_what_others_say_is_marked_unread(priya: Page, double: Double) -> None:
    double.person("Leo").says("news", channel="general")
    expect(priya.get_by_role("button", name="general, unread")).to_be_visible()
    priya.get_by_role("button", name="general, unread").click()
    expect(priya.get_by_role("listitem", name="Leo Martins")).to_contain_text("news")
    expect(priya.get_by_role("button", name="general", exact=True)).to_be_visible()


def test_names_cannot_make_markup(page: Page, address: str, double: Double) -> None:
    nasty = '<img src=x onerror="document.title=1">*_~`'
    double.add_user("U0NASTY", nasty, name="nasty", title=nasty)
    double.add_channel(nasty, id="C0NASTY")
    page.goto(f"{address}/#as=U0NASTY&at=C0NASTY")
    write(page, f"hello {nasty} &lt;b&gt;", to=f"Message #{nasty}")
    expect(page.get_by_role("listitem", name=nasty)).to_contain_text(f"hello {nasty} &lt;b&gt;")
    expect(page.locator("img")).to_have_count(0)
    expect(page).to_have_title("Charter · playground")


def test_the_numbers_of_a_chart_do_not_stand_on_one_another(priya: Page, double: Double) -> None:
    """Of a metric that comes near its target, meets it and passes it by a little."""
    days = [f"2026-11-{day:02}" for day in range(2, 14)]
    recall = [0.0, 40.0, 88.5, 94.0, 97.5, 99.0, 100.0, 100.5, 102.0, 104.1, 106.0, 112.9]
    series = {"Recall": recall, "Target": [100.0] * len(days)}
    chart = charts.lines("Recall: gap closed by the week", days, series, "Day", "Share, %")
    double.space.post("C0SIZING", double.app.bot_user_id, "A chart", [chart])
    words = priya.locator(".chart svg")
    numbers = words.locator("text:is(.value, .end, .label):not(:empty)")
    expect(numbers.filter(has_text="112.9")).to_be_visible()
    told = [box for one in numbers.all() if (box := one.bounding_box())]
    marks = [box for one in words.locator("text.mark").all() if (box := one.bounding_box())]
    assert not [pair for pair in combinations(told, 2) if touch(*pair)]
    assert not [pair for pair in product(told, marks) if touch(*pair)]


def touch(one: FloatRect, other: FloatRect) -> bool:
    """Whether two texts cover one another by more than their empty edges."""
    wide = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    high = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return wide > 3 and high > 5


def test_everything_can_be_done_with_the_keyboard(priya: Page) -> None:
    thread = ask(priya)
    thread.get_by_role("button", name="Hand over").focus()
    priya.keyboard.press("Enter")
    expect(dialog(priya).get_by_role("combobox", name="New owner")).to_be_focused()
    priya.keyboard.type("sam")
    priya.keyboard.press("Enter")
    priya.keyboard.press("Tab")
    priya.keyboard.type("By keyboard")
    dialog(priya).get_by_role("radio", name="Now").focus()
    priya.keyboard.press("Space")
    dialog(priya).get_by_role("button", name="Hand over").focus()
    priya.keyboard.press("Enter")
    expect(priya.get_by_text("@Sam Okafor: By keyboard")).to_be_visible()
