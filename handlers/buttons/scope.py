"""Buttons about what a project is for."""

from bot.commands import Portfolio, ScopeHistory, ShowScope
from bot.orders import ApproveScope
from bot.project import Call
from handlers import forms
from handlers.buttons.press import OnPress, Opens, Press, look
from handlers.orders import carried_out
from handlers.views.acts import Act
from handlers.views.kit import View


def _judge(press: Press) -> View:
    return forms.verdict(press.text("p"), Call(press.text("c") or ""), press.desk)


def _turn(press: Press) -> None:
    press.reply.instead(carried_out(Portfolio(press.number("n") or 1), press.desk))


SCOPE: OnPress = {
    Act.SCOPE_SHOW: lambda press: look(press, ShowScope(project=press.text("p"))),
    Act.SCOPE_EDIT: Opens(lambda press: forms.scope(press.text("p"), press.desk)),
    Act.SCOPE_APPROVE: lambda press: look(press, ApproveScope(press.text("p"))),
    Act.SCOPE_HISTORY: lambda press: look(press, ScopeHistory(press.text("p"))),
    Act.VERDICT_OPEN: Opens(_judge),
    Act.PORTFOLIO_PAGE: _turn,
}
