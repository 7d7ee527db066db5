"""Buttons of standups and digests."""

from collections.abc import Callable
from datetime import date

from bot.orders import AnswerStandup, PassStandups
from bot.standups import State
from handlers import forms
from handlers.buttons.press import OnPress, Opens, Press
from handlers.views import digests
from handlers.views import standups as standup_views
from handlers.views.acts import Act


def _say_so(state: State) -> Callable[[Press], None]:
    """Take an answer that is one click; it stands in the place of the question."""

    def on_press(press: Press) -> None:
        day, entry = press.text("d"), press.number("e") or 0
        order = PassStandups(date.fromisoformat(day), state) if day else AnswerStandup(entry, state)
        answered = press.desk.charter.standups.answer(press.desk.actor, order)
        press.reply.instead(standup_views.asked(answered.whole))

    return on_press


def _take(press: Press) -> None:
    """Take a text that somebody typed; it stands there no longer to be taken."""
    desk = press.desk
    text, entry = press.text("x") or "", press.number("e") or 0
    said = desk.charter.standups.take(desk.actor, entry, text, press.text("m") or "")
    press.reply.instead(standup_views.said(said, desk.actor.name))


def _go_on(press: Press) -> None:
    desk = press.desk
    said = desk.charter.standups.go_on(desk.actor, press.number("e") or 0)
    press.reply(standup_views.said(said, desk.actor.name))


def _undo_digest(press: Press) -> None:
    desk = press.desk
    press.reply.instead(
        digests.shown(desk.charter.digests.undo(desk.actor, press.number("s") or 0, desk.place))
    )


def _undo_own_digest(press: Press) -> None:
    done = press.desk.charter.own_digests.undo(press.desk.actor, press.number("s") or 0)
    press.reply.instead(digests.shown_own(done))


ROUTINES: OnPress = {
    Act.STANDUP_OPEN: Opens(lambda press: forms.standup(press.text("p"), press.desk)),
    Act.STANDUP_TEAM: Opens(lambda press: forms.team_standup(press.desk)),
    Act.STANDUP_ANSWER: Opens(
        lambda press: forms.answers(press.number("e"), press.text("d"), press.desk)
    ),
    Act.STANDUP_NOTHING: _say_so(State.NOTHING_NEW),
    Act.STANDUP_SKIP: _say_so(State.SKIPPED),
    Act.STANDUP_TAKE: _take,
    Act.STANDUP_GO_ON: _go_on,
    Act.DIGEST_OPEN: Opens(lambda press: forms.digest(press.desk)),
    Act.OWN_DIGEST_OPEN: Opens(lambda press: forms.own_digest(press.desk)),
    Act.DIGEST_UNDO: _undo_digest,
    Act.OWN_DIGEST_UNDO: _undo_own_digest,
}
