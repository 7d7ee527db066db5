"""Buttons about risks, assumptions, issues and dependencies."""

from bot.commands import OpenRaid, ShowRaid
from bot.raid import RaidKind
from handlers import forms
from handlers.buttons.press import OnPress, Opens, Press
from handlers.orders import carried_out
from handlers.views.acts import Act
from handlers.views.kit import View


def _entry(press: Press) -> View:
    kind = RaidKind(press.text("k") or "")
    return forms.raid(OpenRaid(kind, press.number("n"), press.text("p")), press.desk)


def _turn(press: Press) -> None:
    kind = press.text("k")
    order = ShowRaid(RaidKind(kind) if kind else None, press.text("p"), press.number("n") or 1)
    press.context["order"] = order
    press.reply.instead(carried_out(order, press.desk))


RAID: OnPress = {Act.RAID_OPEN: Opens(_entry), Act.RAID_PAGE: _turn}
