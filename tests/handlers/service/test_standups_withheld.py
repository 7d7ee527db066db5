"""What is hidden between the making of a standup's question and its sending is not told in it."""

from dataclasses import replace
from datetime import time

import pytest

from bot.orders import SetPrivacy
from storage.outbox import Parcel
from tests.handlers.service.conftest import Team
from tests.handlers.service.standup_support import WISH
from tests.handlers.service.test_standup_days import Busy


@pytest.fixture
def busy(team: Team) -> Busy:
    made = Busy(team)
    made.begin("Atlas")
    made.begin("Wake Watch")
    return made


def hide(busy: Busy, name: str, *, private: bool = True) -> None:
    """Bea may not know of a project any more, or may again."""
    place = busy.place(name)
    busy.team.charter.access.set_privacy(busy.team.actor("ana"), SetPrivacy(private), place)


def sent(busy: Busy) -> list[Parcel]:
    """What goes out to Bea now."""
    box, found = busy.team.charter.outbox, list[Parcel]()
    for _ in range(5):
        busy.team.wait(seconds=5)
        for parcel in box.claim(busy.team.workspace, 40):
            box.sent(parcel, f"9{parcel.id}.1", "D" + parcel.channel)
            found += [parcel] if parcel.key.startswith("standup/asked/") else []
    return found


def test_u8_a_question_goes_without_a_project_that_was_hidden_meanwhile(busy: Busy) -> None:
    busy.at(8)
    hide(busy, "Wake Watch")
    [one] = sent(busy)
    assert one.text.startswith("Standup of Atlas, Tuesday 24 November")
    assert "Wake Watch" not in one.text + str(one.blocks)
    assert [row.text for row in busy.told()] == [one.text]
    assert sent(busy) == []
    hide(busy, "Wake Watch", private=False)
    busy.begin("Berth", replace(WISH, at=time(10)))
    busy.at(9, 0)
    again, joined = sent(busy)
    assert again.text.startswith("Standup of Atlas, Wake Watch and Berth")
    assert joined.text == "Also for today: Berth. It is in the message above."


def test_u8_a_question_of_nothing_but_what_was_hidden_goes_when_there_is_more(busy: Busy) -> None:
    busy.begin("Berth", replace(WISH, at=time(17)))
    busy.at(8)
    for name in ("Atlas", "Wake Watch"):
        hide(busy, name)
    assert sent(busy) == []
    busy.at(16, 0)
    [one] = sent(busy)
    assert one.text.startswith("Standup of Berth, Tuesday 24 November")


def test_u8_what_joins_goes_without_it_as_well(busy: Busy) -> None:
    busy.begin("Berth", replace(WISH, at=time(17)))
    busy.begin("Comet", replace(WISH, at=time(17)))
    busy.at(8)
    assert len(sent(busy)) == 1
    busy.at(16, 0)
    hide(busy, "Berth")
    assert [one.text for one in sent(busy) if "/also/" in one.key] == [
        "Also for today: Comet. It is in the message above."
    ]


def test_u10_a_reminder_goes_without_it_as_well(busy: Busy) -> None:
    busy.at(8)
    assert len(sent(busy)) == 1
    busy.at(9)
    hide(busy, "Wake Watch")
    [reminder] = [one for one in sent(busy) if one.key.endswith("/reminder")]
    assert reminder.text.startswith("Still open: Atlas.")
