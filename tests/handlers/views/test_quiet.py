"""How Charter says when it writes nothing, and why it wrote."""

from datetime import timedelta

from bot.hours import Hours
from bot.outcome import Explained, QuietShown
from handlers.views import quiet, reasons
from tests.handlers.views.worlds import sound
from tests.support.clock import T0


def test_it_is_said_whether_it_is_quiet_now() -> None:
    hours = Hours()
    awake = sound(quiet.shown(QuietShown(hours, opens=None))).text
    assert "It is not quiet now." in awake
    asleep = sound(quiet.shown(QuietShown(hours, opens=T0 + timedelta(hours=3)))).text
    assert "The next message that you did not ask for comes 2026-11-23 13:00 UTC." in asleep


def test_who_was_sent_nothing_yet_is_told_what_letters_bring() -> None:
    told = sound(reasons.explained(Explained((), {}))).text
    assert told.startswith("Charter has sent you no messages yet.")
    assert "Responsible: blockers and questions." in told
