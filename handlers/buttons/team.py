"""Buttons about the team: a job role, and many letters at once."""

from bot.orders import CloneRaci, Transfer
from handlers import forms
from handlers.buttons.press import OnPress, Opens, Press
from handlers.commands import today
from handlers.orders import carried_out
from handlers.views import plans, roles
from handlers.views.acts import Act


def _undo_role(press: Press) -> None:
    done = press.desk.charter.roles.undo(press.desk.actor, press.number("s") or 0)
    press.reply.instead(roles.done(done, press.desk.actor.name))


def _transfer(press: Press) -> None:
    _carry_out(
        press,
        Transfer(
            source=press.text("h") or "",
            to=press.text("t") or "",
            project=press.text("p"),
            everywhere=bool(press.values.get("e")),
            reason=press.text("y") or "",
            mark=press.text("m") or "",
        ),
    )


def _clone(press: Press) -> None:
    _carry_out(
        press,
        CloneRaci(
            source=press.text("s") or "",
            project=press.text("p"),
            with_people=bool(press.values.get("w")),
            mark=press.text("m") or "",
        ),
    )


def _carry_out(press: Press, order: Transfer | CloneRaci) -> None:
    """The outcome takes the place of the preview, which only the one who asked for it saw."""
    press.context["order"] = order
    press.reply.instead(carried_out(order, press.desk))


def _undo_together(press: Press) -> None:
    first, last = press.number("s") or 0, press.number("n") or 0
    done = press.desk.charter.transfers.undo(press.desk.actor, first, last)
    press.reply.instead(plans.moved(done, press.desk.actor.name))


TEAM: OnPress = {
    Act.ROLE_OPEN: Opens(lambda press: forms.role(press.text("r") or "", press.desk)),
    Act.ROLE_UNDO: _undo_role,
    Act.TRANSFER: _transfer,
    Act.CLONE: _clone,
    Act.WAIVER_OPEN: Opens(
        lambda press: forms.waiver(press.text("p"), press.desk, today(press.desk.actor, press.now))
    ),
    Act.TOGETHER_UNDO: _undo_together,
}
