"""One message and one form for all that somebody is asked on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta

import pytest
from sqlmodel import col, select

from bot.orders import (
    AnswerStandup,
    AnswerStandups,
    Assign,
    NewProject,
    PassStandups,
    SetStandup,
)
from bot.outcome import Place
from bot.project import Letter
from bot.rounds import AnswerClash, DayAsked
from bot.standups import QUESTIONS, Entry, State
from storage import outbox
from storage.tables import OutboxRow
from tests.handlers.service.conftest import Team
from tests.handlers.service.standup_support import ASKED, TUESDAY, WISH


@dataclass(slots=True)
class Busy:
    """Bea holds a letter in several projects, each with a channel and a standup of its own."""

    team: Team

    def begin(self, name: str, order: SetStandup = WISH, *, private: bool = False) -> int:
        team, place = self.team, self.place(name, private=private)
        ana = team.actor("ana")
        team.charter.people.channel_learned(
            team.workspace, place.channel or "", place.name, private, False
        )
        made = team.charter.projects.create(ana, NewProject(name, private=private), place).project
        team.charter.raci.assign(ana, Assign("modelling", (Letter.R,), "<@UBEA>"), place)
        wish = replace(order, channel=place.channel or "")
        team.charter.standups.set_up(ana, wish, place)
        return made.id

    def place(self, name: str, *, private: bool = False) -> Place:
        return Place(f"C0{name.split(maxsplit=1)[0].upper()}", name.casefold(), is_private=private)

    def at(self, hour: int, minute: int = 30) -> None:
        self.team.now = TUESDAY.replace(hour=hour, minute=minute)
        self.team.charter.timers.run_due(self.team.workspace)

    def day(self) -> DayAsked:
        return self.team.charter.standups.day(self.team.actor("bea"), TUESDAY.date())

    def entries(self) -> Mapping[str, Entry]:
        return {one.project.name: one.entry for one in self.day().asked}

    def told(self) -> list[OutboxRow]:
        with self.team.database.read() as session:
            mine = select(OutboxRow).where(OutboxRow.channel == "UBEA")
            rows = session.exec(mine.order_by(col(OutboxRow.id))).all()
        return [row for row in rows if row.key.startswith("standup/asked/")]

    def sent(self) -> None:
        """What is to be said is posted in Slack."""
        box = self.team.charter.outbox
        for _ in range(5):
            self.team.wait(seconds=5)
            for parcel in box.claim(self.team.workspace, 40):
                box.sent(parcel, f"9{parcel.id}.1", "D0BEA")

    def report(self, name: str) -> str:
        project = next(one.project.id for one in self.day().asked if one.project.name == name)
        with self.team.database.read() as session:
            subject = f"standup/{project}/{TUESDAY.date().isoformat()}"
            found = outbox.about(session, self.team.workspace, subject)
        return found[0].text if found else ""

    def answer(self, **said: tuple[str, ...]) -> None:
        """Answers to these projects (by the first words of their names), in one form."""
        entries = {name.split()[0].casefold(): one for name, one in self.entries().items()}
        each = [AnswerStandup(entries[name].id, State.POSTED, told) for name, told in said.items()]
        self.team.charter.standups.answer(self.team.actor("bea"), AnswerStandups(tuple(each)))


@pytest.fixture
def busy(team: Team) -> Busy:
    return Busy(team)


def test_edge_14_six_projects_are_one_prompt(busy: Busy) -> None:
    names = ["Atlas", "Beacon", "Comet", "Delta", "Ember", "Falcon"]
    for number, name in enumerate(names):
        busy.begin(name, replace(WISH, at=time(9 + number % 3, 30)))
    busy.at(8)
    [told] = busy.told()
    assert [one.project.name for one in busy.day().asked] == [
        *("Atlas", "Delta", "Beacon", "Ember", "Comet", "Falcon")
    ]
    assert all(f"{name}: the report goes to #{name.casefold()}" in told.text for name in names)
    busy.at(12)
    assert [row.id for row in busy.told()] == [told.id]
    assert len(busy.entries()) == 6


def test_u8_what_comes_much_later_joins_the_message_and_says_so_in_its_thread(busy: Busy) -> None:
    busy.begin("Atlas")
    busy.begin("Wake Watch", replace(WISH, at=time(17)))
    busy.at(8)
    assert list(busy.entries()) == ["Atlas"]
    busy.sent()
    busy.at(16, 0)
    first, also = busy.told()
    assert first.text.startswith("Standup of Atlas and Wake Watch, Tuesday 24 November")
    assert (also.under, also.text) == (
        first.key,
        "Also for today: Wake Watch. It is in the message above.",
    )
    assert busy.team.charter.timers.run_due(busy.team.workspace) == 0
    assert len(busy.told()) == 2


def test_u8_one_that_is_set_up_meanwhile_joins_before_it_is_posted_without_a_word(
    busy: Busy,
) -> None:
    busy.begin("Atlas")
    busy.at(8)
    busy.begin("Wake Watch", replace(WISH, at=time(9, 45)))
    busy.at(8, 45)
    [told] = busy.told()
    assert told.text.startswith("Standup of Atlas and Wake Watch")


def test_u8_each_channel_gets_its_own_lines(busy: Busy) -> None:
    for name in ("Atlas", "Wake Watch"):
        busy.begin(name)
    busy.at(8)
    busy.answer(atlas=("mine\nWake Watch: modelling: a start\nmine too", "", "Wake Watch: no data"))
    entries = busy.entries()
    assert [answer for _, answer in entries["Atlas"].answers] == ["mine\nmine too", "", ""]
    wake = entries["Wake Watch"]
    assert wake.state is State.POSTED
    assert [answer for _, answer in wake.answers] == ["modelling: a start", "", "no data"]
    project = next(one.project for one in busy.day().asked if one.project.name == "Wake Watch")
    assert [project.title_of(line.item) for line in wake.said] == ["Modelling", ""]
    busy.at(10, 0)
    assert "a start" not in busy.report("Atlas")
    assert "a start" in busy.report("Wake Watch")
    assert "mine too" in busy.report("Atlas")
    # The same form again doubles nothing.
    busy.answer(atlas=("mine\nWake Watch: modelling: a start\nmine too", "", "Wake Watch: no data"))
    assert busy.entries() == entries


def test_u8_a_line_joins_what_is_said_in_the_same_form(busy: Busy) -> None:
    for name in ("Atlas", "Wake Watch"):
        busy.begin(name)
    busy.at(8)
    busy.answer(atlas=("Wake Watch: b\nx",), wake=("a\nAtlas: y",))
    said = {name: one.answers[0][1] for name, one in busy.entries().items()}
    assert said == {"Atlas": "x\ny", "Wake Watch": "a\nb"}


def test_u4_nothing_new_is_one_click_for_all_that_is_open(busy: Busy) -> None:
    for name in ("Atlas", "Wake Watch", "Comet"):
        busy.begin(name)
    busy.at(8)
    busy.answer(atlas=("did",))
    service, bea = busy.team.charter.standups, busy.team.actor("bea")
    for state in (State.NOTHING_NEW, State.NOTHING_NEW, State.SKIPPED):
        service.answer(bea, PassStandups(TUESDAY.date(), state))
    states = {name: one.state for name, one in busy.entries().items()}
    assert states == {
        "Atlas": State.POSTED,
        "Wake Watch": State.NOTHING_NEW,
        "Comet": State.NOTHING_NEW,
    }
    [told] = busy.told()
    assert told.text.count("Nothing new, you said.") == 2
    busy.at(10, 0)
    assert "Nothing new: Bea Sample" in busy.report("Comet")


def test_edge_46_an_answer_that_was_given_elsewhere_meanwhile_is_not_overwritten(
    busy: Busy,
) -> None:
    busy.begin("Atlas")
    busy.at(8)
    [before] = busy.day().asked
    service, bea = busy.team.charter.standups, busy.team.actor("bea")

    def said(
        *texts: str, seen: str = before.fingerprint, opened: tuple[str, ...] = ("",) * 3
    ) -> str:
        one = AnswerStandup(before.entry.id, State.POSTED, texts, None, seen, opened)
        told = service.answer(bea, AnswerStandups((one,))).asked[0]
        return "/".join(answer for _, answer in told.entry.answers)

    assert said("did", "", "") == "did//"
    # Another field of the same form is another matter, and the same words are no conflict.
    assert said("", "next", "") == "did/next/"
    assert said("did", "next", "") == "did/next/"
    with pytest.raises(AnswerClash) as caught:
        said("something else", "next", "stuck")
    assert caught.value.theirs == {(before.entry.id, 0)}
    assert "/".join(answer for _, answer in busy.entries()["Atlas"].answers) == "did/next/"
    [now] = busy.day().asked
    again = said("mine", "next", "", seen=now.fingerprint, opened=("something else", "next", ""))
    assert again == "mine/next/"


def test_questions_that_differ_are_answered_by_what_they_are_about(busy: Busy) -> None:
    busy.begin("Atlas")
    busy.begin("Wake Watch", replace(WISH, questions=("Anything blocked?", "Mood?", QUESTIONS[1])))
    busy.at(8)
    busy.answer(atlas=("Wake Watch: did", "Wake Watch: next", "Wake Watch: stuck"))
    assert busy.entries()["Wake Watch"].answers == (
        ("Anything blocked?", "stuck"),
        ("Mood?", "did"),
        (QUESTIONS[1], "next"),
    )


def test_on_the_next_day_there_is_a_new_message(busy: Busy) -> None:
    busy.begin("Atlas")
    busy.at(8)
    busy.team.now = ASKED + timedelta(days=1)
    busy.team.charter.timers.run_due(busy.team.workspace)
    assert len({row.key for row in busy.told()}) == 2
