"""Forms that were sent in: what is wrong is said under the field, the rest where it was asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from slack_bolt import App, BoltContext

from bot.errors import Refused, Why
from bot.orders import AnswerConsultation, AnswerStandups, SayExpected, SayOfOffer, SetStandup
from bot.outcome import Place
from bot.people import Actor
from bot.teams import parts
from handlers import destinations, home
from handlers.commands import today
from handlers.orders import Desk, carried_out
from handlers.people import acquaint
from handlers.reply import Origin, Reply
from handlers.runner import FormAck
from handlers.service import Charter
from handlers.slack import Slack
from handlers.slack.rooms import is_inside
from handlers.views import modals
from handlers.views.acts import Form

READERS: dict[Form, Callable[[dict[str, Any], date], tuple[Any, ...]]] = {
    # Questions
    Form.EXPECTED: lambda view, today: (modals.read_expected(view),),
    Form.OPEN_ALIAS: lambda view, today: (modals.read_open_alias(view),),
    Form.OPEN_ITEM: lambda view, today: (modals.read_open_item(view),),
    # Projects
    Form.NEW_PROJECT: lambda view, today: (modals.read_new_project(view),),
    # Letters
    Form.ASSIGN: lambda view, today: (modals.read_assign(view, today),),
    Form.DELEGATE: lambda view, today: (modals.read_delegate(view),),
    Form.OFFER_SAY: lambda view, today: (modals.read_say_of_offer(view),),
    # People
    Form.LEFT_FILL: lambda view, today: (modals.read_fill_seats(view),),
    Form.PERSON_NAMES: lambda view, today: (modals.read_person_names(view),),
    # The team
    Form.ROLE: lambda view, today: (modals.read_role(view),),
    Form.WAIVE: lambda view, today: (modals.read_waive(view),),
    # Stages
    Form.MOVE: lambda view, today: modals.read_move(view),
    # Scope
    Form.SCOPE: lambda view, today: (modals.read_scope_form(view),),
    Form.VERDICT: lambda view, today: (modals.read_verdict_form(view),),
    Form.TICK: lambda view, today: (modals.read_tick(view),),
    # Decisions
    Form.DECISION: lambda view, today: (modals.read_decision(view),),
    # Milestones
    Form.MILESTONE: lambda view, today: (modals.read_milestone(view),),
    # Risks, assumptions, issues and dependencies
    Form.RAID: lambda view, today: (modals.read_raid(view),),
    # Standups and digests
    Form.STANDUP: lambda view, today: (modals.read_standup(view),),
    Form.STANDUP_ANSWERS: lambda view, today: (modals.read_answers(view),),
    Form.DIGEST: lambda view, today: (modals.read_digest(view),),
    Form.EXPORT_PLAN: lambda view, today: (modals.read_export_plan(view),),
    # Links
    Form.LINK_STAGE: lambda view, today: (modals.read_link_stage(view),),
    # What the letters bring
    Form.CONSULTATION: lambda view, today: (modals.read_consultation(view),),
}
"""What each form orders, on this day where the person is."""

FREE_TEXT = (AnswerConsultation, AnswerStandups, SayExpected, SayOfOffer)
"""Orders that are somebody's own words: whom these mention need not be known."""

QUIET = frozenset({Form.LINK_STAGE, Form.CONSULTATION, Form.EXPECTED, Form.EXPORT_PLAN})
"""Forms whose outcome is seen where they were opened: only the one who sent it is told besides."""


def waiting(name: str) -> dict[str, Any]:
    """What a form is answered that cannot be answered in time: it stays as it was filled in, and on
    top of it stands a view of this name, until the outcome is known.
    """
    return {"response_action": "push", "view": {**modals.loading(), "external_id": name}}


def register(bolt: App) -> None:
    for form in READERS:
        bolt.view(form.value)(on_form)


def on_form(
    view: dict[str, Any],
    ack: FormAck,
    context: BoltContext,
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
    origin: Origin,
    now: datetime,
    reply: Reply,
) -> None:
    desk = Desk(charter, actor, place, private=not origin.public)
    form = Form(view["callback_id"])
    for said in READERS[form](view, today(actor, now)):
        context["order"] = said
        if isinstance(said, SetStandup):
            desk = _in_team_channel(said, desk, slack)
        order, desk = destinations.meant(said, desk, slack, context["installation"])
        if not isinstance(order, FREE_TEXT):
            acquaint(repr(order), charter, slack, actor.workspace)
        message = carried_out(order, desk)
        # The form closes, and one that it may have been opened over, too; what goes wrong from here
        # on is told where it was opened.
        ack(response_action="clear")
        is_told_to_all = form not in QUIET and _is_open(order, desk)
        (reply if is_told_to_all else reply.privately)(message)
        if ack.was_late():
            slack.settle(ack.waits, modals.closing(modals.notice(message)))
    if origin.channel is None:
        home.publish(charter, actor, slack, origin.user)


def _in_team_channel(order: SetStandup, desk: Desk, slack: Slack) -> Desk:
    """In the channel that was chosen for a team's standup, where that is not the place anyhow:
    whoever chooses one is in it, and nobody need have said anything to Charter there.
    """
    chosen = parts(order.project or "")
    if chosen is None or chosen[1] == desk.place.channel:
        return desk
    channel, person = chosen[1], desk.actor.person
    name, private, shared = slack.channel(channel)
    user = person.slack_id if person else None
    if user is None or not is_inside(slack, channel, user):
        raise Refused(Why.NOT_A_MEMBER, field="into")
    place = desk.charter.people.channel_learned(
        desk.actor.workspace, channel, name, private, shared
    )
    return replace(desk, place=place, private=True)


def _is_open(order: Any, desk: Desk) -> bool:
    """Whether all who read the place may know of it: a form is opened by a button that may stand
    there since before a channel was opened.
    """
    project = getattr(order, "project", None)
    if project is None or desk.private:
        return True
    return desk.charter.projects.is_open(desk.actor, project, desk.place)
