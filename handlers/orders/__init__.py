"""An order carried out and worded: the same for a command, a button and a form.

Each noun has a module, with a table of the orders that it carries out.
"""

from bot.commands import (
    Bind,
    Export,
    ExportPerson,
    OpenDelegate,
    OpenDigest,
    OpenExport,
    OpenNew,
    OpenOwnDigest,
    OpenRaid,
    OpenRole,
    OpenScope,
    OpenStandup,
    Order,
)
from bot.errors import Refused, Why
from bot.orders import (
    AnswerConsultation,
    AnswerStandups,
    EditRole,
    EditScope,
    ErasePerson,
    FillSeats,
    GiveBack,
    MoveLink,
    NewProject,
    SayExpected,
    SayOfOffer,
    SetNames,
    SetStandup,
    SettleQuestion,
)
from bot.outcome import Place
from handlers.orders.access import ACCESS
from handlers.orders.briefs import BRIEFS
from handlers.orders.decisions import DECISIONS
from handlers.orders.desk import Carriers, Desk
from handlers.orders.drift import DRIFT
from handlers.orders.feedback import FEEDBACK
from handlers.orders.links import LINKS
from handlers.orders.milestones import MILESTONES
from handlers.orders.notices import NOTICES
from handlers.orders.people import PEOPLE
from handlers.orders.presence import PRESENCE
from handlers.orders.projects import PROJECTS
from handlers.orders.questions import QUESTIONS
from handlers.orders.raci import RACI
from handlers.orders.raid import RAID
from handlers.orders.reviews import REVIEWS
from handlers.orders.routines import ROUTINES
from handlers.orders.scope import SCOPE
from handlers.orders.stages import STAGES
from handlers.orders.team import TEAM
from handlers.views.kit import Message

__all__ = ["HANDLED", "TABLES", "Desk", "Wish", "carried_out"]

Wish = (
    Order
    | EditRole
    | EditScope
    | MoveLink
    | SetStandup
    | AnswerStandups
    | SayOfOffer
    | FillSeats
    | SetNames
    | ErasePerson
    | GiveBack
    | AnswerConsultation
    | SayExpected
    | SettleQuestion
)
"""Whatever is carried out; some of it only a form or a button can say."""

TABLES: tuple[Carriers, ...] = (
    QUESTIONS,
    FEEDBACK,
    PROJECTS,
    RACI,
    PEOPLE,
    TEAM,
    DRIFT,
    STAGES,
    SCOPE,
    DECISIONS,
    REVIEWS,
    MILESTONES,
    RAID,
    ROUTINES,
    BRIEFS,
    LINKS,
    ACCESS,
    NOTICES,
    PRESENCE,
)

_CARRIERS = {kind: carry for table in TABLES for kind, carry in table.items()}

HANDLED = frozenset(
    {
        *_CARRIERS,
        OpenDelegate,
        OpenDigest,
        OpenExport,
        OpenNew,
        OpenOwnDigest,
        OpenRaid,
        OpenRole,
        OpenScope,
        OpenStandup,
        Export,
        ExportPerson,
    }
)
"""Every kind of order that somebody can give."""


def carried_out(order: Wish, desk: Desk) -> Message:
    """Do it and say so; raises what the services raise.

    What opens a form or brings a file is not for here.
    """
    _needs_name(order, desk.place)
    return _CARRIERS[type(order)](order, desk)


def _needs_name(order: Wish, place: Place) -> None:
    """Nothing is bound to a channel that Slack does not let Charter look at."""
    binds = isinstance(order, Bind) or (isinstance(order, NewProject) and order.bind_here)
    if binds and place.channel and not place.name:
        raise Refused(Why.CHANNEL_UNREADABLE)
