"""Moments are told by the clock of whoever reads them; the days of deadlines are not moved."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import moments
from bot.digests import DigestShown
from bot.outcome import RaidPage
from bot.project import Letter, PersonHolder
from bot.qa.replies import Answer, AnswerKind, Subject
from bot.raid import RaidEntry, RaidKind, Revision, Said
from handlers.views import answers, matrix, raid
from handlers.views.digests import setting
from handlers.views.kit import data_table, in_words, message, plain, quiet
from handlers.views.plainer import plainer
from tests.handlers.views.made import Made, Maker, always
from tests.handlers.views.rendered import parts, told
from tests.handlers.views.test_everything import VIEWS
from tests.handlers.views.worlds import CHURN, PEOPLE, PIPELINE, T0, held, shown, sound

LATE = datetime(2026, 7, 14, 23, 30, tzinfo=UTC)
ELSEWHERE = date(2027, 3, 1)
"""Of all days that are no moments."""
TOKYO, ANGELES = "Asia/Tokyo", "America/Los_Angeles"


class Late(Maker):
    """Every moment is late on a day in UTC, and every date another one."""

    def _plain(self, kind: Any, name: str) -> Made:
        if kind is datetime:
            return always(LATE)
        return always(ELSEWHERE) if kind is date else super()._plain(kind, name)


def without_fallback(node: Any) -> Any:
    """What Slack shows: of a moment not the words that stand in for it."""
    if isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            return node["text"].partition("|")[0]
        return {key: without_fallback(one) for key, one in node.items() if key != "fallback"}
    return [without_fallback(one) for one in node] if isinstance(node, list) else node


@pytest.mark.parametrize("name", VIEWS)
def test_edge_37_no_view_tells_a_moment_by_the_day_in_utc(name: str) -> None:
    for view in told(name, Late):
        words = json.dumps(without_fallback(view), ensure_ascii=False)
        assert "2026-07-14" not in words
        assert moments.told(words) == words, "no moment is left that nobody could read"


_SHOWN_AS = {"{date_num}": "%Y-%m-%d", "{time}": "%H:%M"}


def read_in(zone: str, node: Any) -> str:
    """What somebody there reads of the days in a view."""
    where = ZoneInfo(zone)
    if isinstance(node, list):
        return " ".join(read_in(zone, one) for one in node)
    if node.get("type") == "date":
        form = _SHOWN_AS[node["format"]]
        return datetime.fromtimestamp(node["timestamp"], where).strftime(form)
    if node.get("type") == "mrkdwn":
        _, seconds, shown_as = node["text"].partition("|")[0].split("^")
        assert shown_as == "{date_num}"
        return datetime.fromtimestamp(int(seconds), where).date().isoformat()
    if isinstance(node.get("text"), str):
        return str(node["text"]).strip()
    return " ".join(read_in(zone, node[key]) for key in ("text", "elements", "rows") if key in node)


def late_row() -> Any:
    letter = held(Letter.A, PersonHolder(2), since=LATE, recorded_at=LATE)
    return sound(matrix.row(shown(replace(PIPELINE, assignments=(letter,))))).blocks


@pytest.mark.parametrize(("zone", "day"), [(TOKYO, "2026-07-15"), (ANGELES, "2026-07-14")])
def test_edge_37_a_letter_set_late_is_told_by_the_day_of_whoever_reads(zone: str, day: str) -> None:
    read = read_in(zone, late_row())
    assert f"Accountable since {day} set by Ana Ruiz on {day}" in read
    assert "due 2026-12-01" in read


@pytest.mark.parametrize(("zone", "day"), [(TOKYO, "2026-07-15"), (ANGELES, "2026-07-14")])
def test_edge_37_an_answer_is_told_by_the_day_of_each_who_reads_it(zone: str, day: str) -> None:
    at = moments.day(LATE)
    alone = f"Bea Lind is accountable for X, since {at}, back-dated by Ana Ruiz on {at}."
    several = f"Bea Lind (since {at}, set by Ana) and Cy Moss are accountable for X."
    one = Answer(AnswerKind.ANSWER, alone, (2,), subjects=(Subject(CHURN, PIPELINE),))
    blocks = sound(answers.answered(one, private=False)).blocks
    assert read_in(zone, blocks[1]) == f"Since {day} back-dated by Ana Ruiz on {day}"
    both = sound(answers.answered(replace(one, said=several), private=False)).blocks
    assert f"Bea Lind (since {day} , set by Ana) and Cy Moss" in read_in(zone, both[0])


@pytest.mark.parametrize(("zone", "day"), [(TOKYO, "2026-07-15"), (ANGELES, "2026-07-14")])
def test_a_risk_raised_late_is_told_in_its_cell_by_the_day_of_whoever_reads(
    zone: str, day: str
) -> None:
    said = Said("Labels run out", due=date(2026, 8, 1))
    one = RaidEntry(RaidKind.RISK, 1, (Revision(said, 1, LATE),))
    page = RaidPage(CHURN, PEOPLE, None, (one,), 1, 1, 1, 1, date(2026, 7, 15))
    [table] = [one for one in sound(raid.listed(page)).blocks if one["type"] == "data_table"]
    assert f"2026-08-01 open {day} Ana Ruiz" in read_in(zone, table["rows"][1])


@pytest.mark.parametrize(("zone", "day"), [(TOKYO, "2026-07-15"), (ANGELES, "2026-07-14")])
def test_a_digest_says_when_it_was_set_by_the_day_of_whoever_reads(zone: str, day: str) -> None:
    made = Late("Word", 1, 0).value(DigestShown)
    assert f"on {day}" in read_in(zone, sound(setting.shown(made)).blocks)


def test_in_plain_words_a_moment_says_that_it_is_in_utc() -> None:
    text = matrix.row(shown(PIPELINE)).text
    assert "back-dated by Ana Ruiz on 2026-11-23 10:00 UTC" in text


def test_a_line_goes_on_behind_a_moment_and_the_next_one_is_a_line_of_its_own() -> None:
    at = moments.day(T0)
    said = message(quiet(f"Set on {at}, by Bea on {at}.", "A component of it."))
    assert said.text == (
        "Set on 2026-11-23 10:00 UTC by Bea on 2026-11-23 10:00 UTC\nA component of it."
    )


def test_a_table_that_is_only_read_tells_the_moments_in_its_cells() -> None:
    made = data_table("Risks", ("Since", "By"), [(moments.day(LATE), "Ana"), ("2026-03-01", "Bea")])
    assert plainer(made)["rows"] == made["rows"]
    assert [cell["type"] for cell in made["rows"][1]] == ["rich_text", "raw_text"]
    assert in_words(made["rows"][2][0]) == "2026-03-01"


def test_where_slack_formats_nothing_a_moment_is_told_by_its_day() -> None:
    assert plain(f"since {moments.day(LATE)}")["text"] == "since 2026-07-14"


def test_what_somebody_wrote_makes_no_moment_that_slack_refuses() -> None:
    sound(message(quiet("\ue000ffffffffff\ue001 x"), quiet("\ue000 \ue001")))
    assert not [one for one in parts(quiet("\ue000")) if one.get("type") == "mrkdwn"]
