"""Buttons about risks, assumptions, issues and dependencies."""

from bot.commands import ShowRaid
from bot.raid import RaidKind
from handlers.buttons.press import OnPress, Press
from handlers.orders import carried_out
from handlers.raid import open_raid
from handlers.views.acts import Act


def _open(press: Press) -> None:
    open_raid(
        RaidKind(press.text("k") or ""),
        press.number("n"),
        press.text("p"),
        press.desk,
        press.slack,
        press.trigger,
        press.origin,
        press.context,
    )


def _turn(press: Press) -> None:
    kind = press.text("k")
    order = ShowRaid(RaidKind(kind) if kind else None, press.text("p"), press.number("n") or 1)
    press.context["order"] = order
    press.reply.instead(carried_out(order, press.desk))


RAID: OnPress = {Act.RAID_OPEN: _open, Act.RAID_PAGE: _turn}
