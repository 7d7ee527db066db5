"""Every button, by what it means. Whether somebody may do it is decided in the service, as ever.

Each noun has a module, with a table of the buttons that are about it.
"""

import re
from datetime import datetime
from typing import Any

from slack_bolt import App, BoltContext

from bot.outcome import Place
from bot.people import Actor
from handlers import home
from handlers.buttons.anywhere import ANYWHERE
from handlers.buttons.briefs import BRIEFS
from handlers.buttons.decisions import DECISIONS
from handlers.buttons.feedback import FEEDBACK
from handlers.buttons.imports import IMPORTS
from handlers.buttons.links import LINKS
from handlers.buttons.milestones import MILESTONES
from handlers.buttons.notices import NOTICES
from handlers.buttons.people import PEOPLE
from handlers.buttons.press import OnPress, Opens, Press
from handlers.buttons.projects import PROJECTS
from handlers.buttons.questions import QUESTIONS
from handlers.buttons.raci import RACI
from handlers.buttons.raid import RAID
from handlers.buttons.reviews import REVIEWS
from handlers.buttons.routines import ROUTINES
from handlers.buttons.scope import SCOPE
from handlers.buttons.sheets import SHEETS
from handlers.buttons.stages import STAGES
from handlers.buttons.team import TEAM
from handlers.orders import Desk
from handlers.reply import Origin, Reply
from handlers.service import Charter
from handlers.slack import OpenView, Slack
from handlers.views.acts import Act, act_of, unpack

__all__ = ["ON_PRESS", "TABLES", "Opens", "on_button", "register"]

TABLES: tuple[OnPress, ...] = (
    ANYWHERE,
    QUESTIONS,
    FEEDBACK,
    PROJECTS,
    RACI,
    PEOPLE,
    TEAM,
    STAGES,
    SCOPE,
    DECISIONS,
    MILESTONES,
    RAID,
    REVIEWS,
    ROUTINES,
    BRIEFS,
    LINKS,
    SHEETS,
    IMPORTS,
    NOTICES,
)

ON_PRESS: OnPress = {act: on_press for table in TABLES for act, on_press in table.items()}

SETTLING = frozenset(
    {
        Act.COMMAND_RUN,
        Act.OFFER_ACCEPT,
        Act.OFFER_DECLINE,
        Act.CONSULTATION_NOTHING,
        Act.SCOPE_APPROVE,
        Act.REVIEW_TRUE,
        Act.SAMPLE_TRY,
        Act.SAMPLE_REMOVE,
    }
)
"""What on Home is another Home afterwards; what a form says there renews it when it is sent in."""


def register(bolt: App) -> None:
    # One listener for all: Bolt looks at its listeners one after another.
    acts = "|".join(re.escape(act.value) for act in ON_PRESS)
    bolt.action(re.compile(rf"^({acts})(#\d+)?$"))(on_button)


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
        desk=desk,
        slack=slack,
        origin=origin,
        reply=reply,
        context=context,
        now=now,
        view=_form(body.get("view") or {}),
    )
    act = act_of(action["action_id"])
    ON_PRESS[act](press)
    if act in SETTLING and (body.get("view") or {}).get("type") == "home":
        home.publish(charter, actor, slack, origin.user)


def _form(view: dict[str, Any]) -> OpenView | None:
    return OpenView(view["id"], view["hash"]) if view.get("type") == "modal" else None
