"""A week of a team: leave, a holiday, a late answer, a blocker that stays for three days, and the
brief of the Monday after.
"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from bot import workdays
from bot.presence.regions import Half, day_off
from tests.browser.steps import act_as, channel, moved, say

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]

PROJECT, PLACE = "Berth Planner", "proj-berth"
REGIONS = (
    *(
        "AR",
        "BR",
        "CA",
        "CL",
        "CO",
        "CR",
        "CU",
        "DE",
        "EC",
        "ES",
        "FI",
        "GB",
        "GR",
        "HK",
        "ID",
        "IL",
    ),
    *(
        "IN",
        "IT",
        "JP",
        "KE",
        "KH",
        "KR",
        "LK",
        "LV",
        "MX",
        "MY",
        "NP",
        "PA",
        "PE",
        "PH",
        "PL",
        "PT",
    ),
    *("RO", "RS", "SG", "TH", "TR", "TW", "UA", "US", "UY", "VN", "ZA"),
)
"""Enough of the world that a public holiday is never far."""


def holiday() -> tuple[date, str]:
    """The next working day, from the day after tomorrow on, that is a holiday somewhere."""
    first = datetime.now(UTC).date() + timedelta(days=2)
    days = (first + timedelta(days=n) for n in range(60))
    return next(
        (day, region)
        for day in days
        if day.weekday() < 5
        for region in REGIONS
        if day_off(region, day) is Half.DAY
    )


def messages(page: Page) -> Locator:
    return page.locator("#messages > li")


def sets_up(page: Page) -> None:
    act_as(page, "Nia Okonkwo")
    channel(page, PLACE)
    say(page, "/charter standup")
    form = page.get_by_role("dialog", name="Standup")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    say(page, "/charter brief weekly Monday at 8:00")
    told = messages(page).last
    expect(told).to_contain_text(f"#{PLACE} gets a brief weekly on Monday at 08:00")
    expect(told).to_contain_text(f"It is told of {PROJECT}.")


def says(page: Page, who: str, text: str, told: str) -> None:
    """A command in a direct message to Charter, and what is told there."""
    inbox(page, who)
    say(page, text)
    expect(messages(page).last).to_contain_text(told)


def inbox(page: Page, who: str) -> None:
    act_as(page, who)
    page.locator("#apps").get_by_text("Charter").click()
    page.get_by_role("tab", name="Messages").click()


def answers(page: Page, who: str, done: str, blocker: str = "") -> None:
    inbox(page, who)
    asked = messages(page).filter(has_text="What comes next?").last
    asked.get_by_role("button", name="Answer").click()
    form = page.get_by_role("dialog", name="Standup")
    form.get_by_label("What have you done since last time?").fill(done)
    form.get_by_label("What are you blocked by?").fill(blocker)
    if blocker:
        form.get_by_label("Marks as blocked").select_option(label="Roll-out")
    form.get_by_role("button", name="Send").click()
    expect(form).to_be_hidden()


def goes_on(page: Page, day: date, times: int) -> None:
    """Cy Moss is asked again, and what was in the way still is; the report says how often."""
    act_as(page, "Nia Okonkwo")
    moved(page, day.isoformat(), "15:00")
    inbox(page, "Cy Moss")
    asked = messages(page).filter(has_text="What comes next?").last
    asked.get_by_role("button", name="Answer").click()
    form = page.get_by_role("dialog", name="Standup")
    carried = form.get_by_role("radiogroup", name=re.compile("Blocker: No window at the port"))
    carried.get_by_role("radio", name="Still there").check()
    form.get_by_label("What have you done since last time?").fill(f"Asked again, {times}")
    form.get_by_role("button", name="Send").click()
    expect(form).to_be_hidden()
    act_as(page, "Nia Okonkwo")
    channel(page, PLACE)
    report = messages(page).filter(has_text=f"Asked again, {times}").last
    expect(report).to_contain_text("No window at the port")


def test_moonshot_13_a_week_of_a_team(page: Page, playground: str) -> None:
    day, region = holiday()
    page.goto(playground)
    sets_up(page)
    leave = f"/charter away from {day.isoformat()} to {(day + timedelta(days=2)).isoformat()}"
    says(page, "Hana Mori", leave, "You are away from")
    says(page, "Ivo Petrov", f"/charter away region {region}", region)

    # The day: Hana has leave, Ivo a holiday; the others are asked at their own half past nine.
    act_as(page, "Nia Okonkwo")
    moved(page, day.isoformat(), "15:00")
    answers(page, "Cy Moss", "Booked the pilot berth", "No window at the port")
    act_as(page, "Nia Okonkwo")
    channel(page, PLACE)
    report = messages(page).filter(has_text=f"Standup of {PROJECT}").last
    expect(report).to_contain_text("Booked the pilot berth")
    expect(report).to_contain_text("Cy Moss: No window at the port")
    away = re.compile("Away: .*Hana Mori.*Ivo Petrov")
    expect(report).to_contain_text(away)
    expect(report).not_to_contain_text(re.compile("Not answered yet: [^:]*(Hana|Ivo)"))

    # In the evening Bea is late: the report has it, and its thread says so.
    moved(page, day.isoformat(), "21:00")
    answers(page, "Bea Lind", "Cleaned the arrivals of March")
    act_as(page, "Nia Okonkwo")
    channel(page, PLACE)
    report = messages(page).filter(has_text=f"Standup of {PROJECT}").last
    expect(report).to_contain_text("Cleaned the arrivals of March")
    report.get_by_role("button", name=re.compile("repl")).click()
    expect(page.locator("#thread-messages")).to_contain_text("Cleaned the arrivals of March")

    # Three more days, and the port has no window yet.
    for times in range(1, 4):
        day = workdays.after(day, 1)
        goes_on(page, day, times)

    # The Monday after: the brief, with what blocks and for how long.
    monday = day + timedelta(days=7 - day.weekday())
    moved(page, monday.isoformat(), "08:05")
    brief = messages(page).filter(has_text=f"Brief: {PROJECT}").last
    expect(brief).to_contain_text("No window at the port")
    expect(brief.get_by_role("listitem").first).to_be_visible()
    expect(brief.get_by_role("img", name=re.compile("Blockers by age"))).to_be_visible()
    brief.get_by_role("button", name="Why these lines?").click()
    expect(messages(page).last).to_contain_text("Why each line is in the brief:")
    expect(messages(page).last).to_contain_text("Something is in the way.")
