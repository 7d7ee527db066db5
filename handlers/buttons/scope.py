"""Buttons about what a project is for."""

from bot.commands import Portfolio, ScopeHistory, ShowScope
from bot.orders import ApproveScope
from bot.project import Call
from handlers import scopes
from handlers.buttons.press import OnPress, Press, look
from handlers.orders import carried_out
from handlers.views.acts import Act


def _edit(press: Press) -> None:
    project = press.text("p")
    scopes.open_scope(project, press.desk, press.slack, press.trigger, press.origin, press.context)


def _judge(press: Press) -> None:
    project, call = press.text("p"), Call(press.text("c") or "")
    scopes.open_verdict(
        project, call, press.desk, press.slack, press.trigger, press.origin, press.context
    )


def _turn(press: Press) -> None:
    press.reply.instead(carried_out(Portfolio(press.number("n") or 1), press.desk))


SCOPE: OnPress = {
    Act.SCOPE_SHOW: lambda press: look(press, ShowScope(project=press.text("p"))),
    Act.SCOPE_EDIT: _edit,
    Act.SCOPE_APPROVE: lambda press: look(press, ApproveScope(press.text("p"))),
    Act.SCOPE_HISTORY: lambda press: look(press, ScopeHistory(press.text("p"))),
    Act.VERDICT_OPEN: _judge,
    Act.PORTFOLIO_PAGE: _turn,
}
