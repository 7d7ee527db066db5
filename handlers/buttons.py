"""Every button, by what it means. Whether somebody may do it is decided in the service, as ever."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import App, BoltContext

from bot.commands import Export, Help, ListProjects, Order, ShowMatrix, ShowRow, ShowScope, parse
from bot.commands import Show as ShowProject
from bot.orders import AddLink, AnswerStandup
from bot.outcome import Place, Shown
from bot.people import Actor
from bot.project import Letter
from bot.qa.resolve import Choice
from bot.sources.base import Kind
from bot.standups import State
from handlers import exports, home, standups
from handlers.commands import today
from handlers.orders import Desk, carried_out
from handlers.people import acquaint
from handlers.reply import Origin, Reply, addressed
from handlers.service import Charter
from handlers.service.links import Where
from handlers.slack import Slack
from handlers.views import answers, changes, digests, links, modals, pressed
from handlers.views import standups as standup_views
from handlers.views.acts import Act, act_of, unpack
from handlers.views.kit import Message

Values = Mapping[str, str | int | bool]


def register(bolt: App) -> None:
    # One listener for all: Bolt looks at its listeners one after another.
    acts = "|".join(re.escape(act.value) for act in ON_PRESS)
    bolt.action(re.compile(rf"^({acts})(#\d+)?$"))(on_button)


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed: what it carries, by whom, and the ways to answer."""

    values: Values
    trigger: str
    desk: Desk
    slack: Slack
    origin: Origin
    reply: Reply
    context: BoltContext
    now: datetime

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        return str(value) if value is not None else None

    def number(self, key: str) -> int | None:
        value = self.values.get(key)
        return value if isinstance(value, int) else None


def on_button(
    action: dict[str, Any],
    body: dict[str, Any],
    context: BoltContext,
    charter: Charter,
    actor: Actor,
    place: Place,
    now: datetime,
    slack: Slack,
    origin: Origin,
    reply: Reply,
) -> None:
    desk = Desk(charter, actor, place, private=True)
    press = Press(
        values=unpack(action.get("value", "")),
        trigger=body["trigger_id"],
        desk=desk,
        slack=slack,
        origin=origin,
        reply=reply,
        context=context,
        now=now,
    )
    ON_PRESS[act_of(action["action_id"])](press)


def _look(press: Press, order: Order) -> None:
    """Show something to the one who pressed: it may be more than the others in the channel see."""
    press.context["order"] = order
    press.reply.privately(carried_out(order, press.desk))


def _run(press: Press) -> None:
    text = press.text("c") or ""
    order = parse(text, today(press.desk.actor, press.now))
    if isinstance(order, Export):
        _deliver(press, order)
        return
    acquaint(text, press.desk.charter, press.slack, press.desk.actor.workspace)
    _look(press, order)


def _deliver(press: Press, order: Export) -> None:
    desk = press.desk
    exports.deliver(order, desk, press.slack, press.origin, press.reply, press.context)


def _export(press: Press) -> None:
    project = press.text("p")
    _deliver(press, Export(project, whole=project is None))


def _assign(act: Act) -> Callable[[Press], None]:
    def on_press(press: Press) -> None:
        order = pressed.assigned(act, press.values)
        press.context["order"] = order
        _instead(press, carried_out(order, press.desk), order.project)

    return on_press


def _undo(press: Press) -> None:
    done = press.desk.charter.projects.undo(press.desk.actor, press.number("s") or 0)
    _instead(press, changes.done(done, press.desk.actor.name), done.project.key)


def _undo_digest(press: Press) -> None:
    desk = press.desk
    press.reply.instead(
        digests.shown(desk.charter.digests.undo(desk.actor, press.number("s") or 0, desk.place))
    )


def _instead(press: Press, message: Message, project: str | None) -> None:
    """Put the outcome in the place of the button's message; where others read that who may not know
    of the project (any more, since the channel was opened), tell the one who pressed alone.
    """
    desk, is_read_by_all = press.desk, press.origin.public and not press.origin.is_direct
    if (
        is_read_by_all
        and project
        and not desk.charter.projects.is_open(desk.actor, project, desk.place)
    ):
        press.reply.privately(message)
    else:
        press.reply.instead(message)


def _ask(press: Press) -> None:
    """Ask again with what was chosen; the answer takes the place of the choice."""
    desk = press.desk
    private = press.origin.is_direct or not press.origin.public
    choice = Choice(press.text("p"), press.text("i"), press.text("w"))
    answer = desk.charter.questions.ask(
        desk.actor, press.text("q") or "", desk.place, choice, private_reply=private
    )
    press.reply.instead(answers.answered(answer, private=private))


def _open_new(press: Press) -> None:
    view = modals.new_project(press.text("name") or "", press.desk.place, press.origin.user)
    press.slack.open(press.trigger, addressed(view, press.origin))


def _form(press: Press, make: Callable[[Shown], dict[str, Any]]) -> None:
    """Open a form about an item (or a project, in which it lets choose the item).

    Something opens at once, before the trigger dies, and then becomes the form.
    """
    opened = press.slack.open(press.trigger, modals.loading())
    press.context["opened"] = opened
    desk, item, project = press.desk, press.text("i"), press.text("p")
    projects = desk.charter.projects
    shown = (
        projects.row(desk.actor, item, project, desk.place)
        if item
        else projects.shown(desk.actor, project, desk.place)
    )
    press.slack.update(opened, addressed(make(shown), press.origin))


def _open_assign(press: Press) -> None:
    letter = press.text("l")
    _form(press, lambda shown: modals.assign(shown, Letter(letter) if letter else None))


def _open_move(press: Press) -> None:
    _form(press, modals.move)


def _open_standup(press: Press) -> None:
    project = press.text("p")
    standups.open_setting(
        project, press.desk, press.slack, press.trigger, press.origin, press.context
    )


def _open_answers(press: Press) -> None:
    entry = press.number("e") or 0
    standups.open_answers(
        entry, press.desk, press.slack, press.trigger, press.origin, press.context
    )


def _say_so(state: State) -> Callable[[Press], None]:
    """Take an answer that is one click; it stands in the place of the question."""

    def on_press(press: Press) -> None:
        order = AnswerStandup(press.number("e") or 0, state)
        asked = press.desk.charter.standups.answer(press.desk.actor, order)
        press.reply.instead(standup_views.asked(asked))

    return on_press


def _link(press: Press) -> None:
    """Link what was pasted to the chosen project; the answer takes the place of the question."""
    desk, said = press.desk, press.text("m") or ""
    order = AddLink(press.text("u") or "", None, press.text("p"))
    press.context["order"] = order
    where = Where(press.origin.channel or "", said, press.text("t"))
    made = desk.charter.links.link(desk.actor, order, desk.place, where)
    press.reply.instead(links.made(made))


def _open_link_stage(press: Press) -> None:
    opened = press.slack.open(press.trigger, modals.loading())
    press.context["opened"] = opened
    kind, number = _about(press)
    shown = press.desk.charter.links.shown(press.desk.actor, kind, number, press.desk.place)
    press.slack.update(opened, addressed(modals.link_stage(shown), press.origin))


def _unlink(press: Press) -> None:
    kind, number = _about(press)
    done = press.desk.charter.links.unlink(press.desk.actor, kind, number, press.desk.place)
    press.reply.privately(changes.done(done, press.desk.actor.name))


def _about(press: Press) -> tuple[Kind, int]:
    return Kind(press.text("k") or ""), press.number("n") or 0


def _turn_home(press: Press) -> None:
    desk, page = press.desk, press.number("n") or 1
    home.publish(desk.charter, desk.actor, press.slack, press.origin.user, page)


def _turn_projects(press: Press) -> None:
    press.reply.instead(carried_out(ListProjects(press.number("n") or 1), press.desk))


ON_PRESS: dict[Act, Callable[[Press], None]] = {
    Act.ASSIGN_OPEN: _open_assign,
    Act.STAGE_OPEN: _open_move,
    Act.PROJECT_NEW: _open_new,
    Act.HAND_OVER: _assign(Act.HAND_OVER),
    Act.MAKE_RESPONSIBLE: _assign(Act.MAKE_RESPONSIBLE),
    Act.DISMISS: lambda press: press.reply.dismiss(),
    Act.UNDO: _undo,
    Act.DIGEST_UNDO: _undo_digest,
    Act.QUESTION_ASK: _ask,
    Act.COMMAND_RUN: _run,
    Act.ROW_SHOW: lambda press: _look(press, ShowRow(press.text("i") or "", press.text("p"))),
    Act.MATRIX_SHOW: lambda press: _look(press, ShowMatrix(press.text("p"))),
    Act.SCOPE_SHOW: lambda press: _look(press, ShowScope(project=press.text("p"))),
    Act.PROJECT_SHOW: lambda press: _look(press, ShowProject(press.text("p"))),
    Act.HELP_SHOW: lambda press: _look(press, Help(press.text("t"))),
    Act.EXPORT: _export,
    Act.LINK_TO: _link,
    Act.LINK_STAGE: _open_link_stage,
    Act.LINK_REMOVE: _unlink,
    Act.LINK_OPEN: lambda press: None,  # the button opens its page by itself
    Act.PROJECTS_PAGE: _turn_projects,
    Act.HOME_PAGE: _turn_home,
    Act.STANDUP_OPEN: _open_standup,
    Act.STANDUP_ANSWER: _open_answers,
    Act.STANDUP_NOTHING: _say_so(State.NOTHING_NEW),
    Act.STANDUP_SKIP: _say_so(State.SKIPPED),
}
