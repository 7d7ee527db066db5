"""An order as the command that `parse` reads back: for examples, and for buttons that run one."""

from collections.abc import Callable
from typing import Any

from bot.commands.access_spoken import AccessOrder, access_spoken
from bot.commands.away_spoken import PresenceOrder, away_spoken
from bot.commands.briefs import brief_spoken
from bot.commands.codeowners import codeowners_spoken
from bot.commands.decisions import decision_spoken
from bot.commands.delegations_spoken import DelegateOrder, delegation
from bot.commands.digesting import DigestOrder
from bot.commands.digests_spoken import digest_spoken
from bot.commands.drift import DriftOrder, drift_spoken
from bot.commands.exporting import ExportOrder
from bot.commands.exports import export_spoken
from bot.commands.following import FollowOrder, follow_spoken
from bot.commands.looking import BriefOrder, ShowHeld, ShowHistory, ShowStandups, Welcome
from bot.commands.measuring import Measuring, measuring_spoken
from bot.commands.milestones import milestone_spoken
from bot.commands.notices_spoken import NoticeOrder, notice_spoken
from bot.commands.orders import (
    Archive,
    Ask,
    Bind,
    Help,
    ListProjects,
    OpenNew,
    OpenStandup,
    Order,
    Show,
    ShowMatrix,
    ShowRow,
    ShowStandup,
    Unbind,
)
from bot.commands.past_standups import standups_spoken
from bot.commands.people_spoken import PersonOrder, person_spoken
from bot.commands.planned import DecisionOrder, MilestoneOrder, Planned, RaidOrder, ReviewOrder
from bot.commands.raid import raid_spoken
from bot.commands.review_lists import ShowReviews, reviews_spoken
from bot.commands.reviews import review_spoken
from bot.commands.scope_spoken import ScopeOrder, scope_spoken
from bot.commands.speaking import name_word, own_text, within
from bot.commands.spoken_team import TeamOrder, team
from bot.commands.spoken_work import spoken_work
from bot.commands.standups import standup_spoken
from bot.commands.words import quoted
from bot.commands.work import ShowCodeowners, ShowGate, ShowHealth, ShowLadder
from bot.orders import (
    AddLink,
    AdjustStandup,
    Assign,
    Clear,
    EndStandup,
    NewProject,
    SetAlias,
    SettleOffer,
    WorkOrder,
)
from bot.project import OfferState

_Work = WorkOrder | ShowGate | ShowHealth | ShowLadder
_Plan = ScopeOrder | Planned | _Work
_OfPeople = PersonOrder | AccessOrder | TeamOrder | PresenceOrder
_Watched = FollowOrder | Measuring | ShowReviews | ShowCodeowners
_Told = DriftOrder | NoticeOrder | DigestOrder | BriefOrder | ExportOrder | _Watched
_OfNoun = _Plan | _OfPeople | DelegateOrder | _Told


def spoken(order: Order) -> str:
    """The command without `/charter`, with ISO dates. `seen` has no words."""
    if isinstance(order, _OfNoun):
        return _by_noun(order)
    match order:
        case Welcome() | Help() | OpenNew() | NewProject() | ListProjects() | Ask():
            return _begun(order)
        case Show() | ShowMatrix() | ShowRow() | ShowHeld() | ShowHistory():
            return _looked(order)
        case Bind() | Unbind() | Archive():
            return _kept(order)
        case OpenStandup() | ShowStandup() | EndStandup() | AdjustStandup():
            return standup_spoken(order)
        case ShowStandups():
            return standups_spoken(order)
        case _:
            return _written(order)


_SPOKEN: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (ScopeOrder, scope_spoken),
    (DecisionOrder, decision_spoken),
    (MilestoneOrder, milestone_spoken),
    (RaidOrder, raid_spoken),
    (ReviewOrder, review_spoken),
    (_Work, spoken_work),
    (PersonOrder, person_spoken),
    (AccessOrder, access_spoken),
    (TeamOrder, team),
    (DriftOrder, drift_spoken),
    (NoticeOrder, notice_spoken),
    (FollowOrder, follow_spoken),
    (BriefOrder, brief_spoken),
    (ExportOrder, export_spoken),
    (Measuring, measuring_spoken),
    (ShowReviews, reviews_spoken),
    (ShowCodeowners, codeowners_spoken),
    (DigestOrder, digest_spoken),
    (PresenceOrder, away_spoken),
    (DelegateOrder, lambda order: f"delegate{delegation(order)}"),
)


def _by_noun(order: _OfNoun) -> str:
    """What has a module of its own."""
    return next(words(order) for noun, words in _SPOKEN if isinstance(order, noun))


def _begun(order: Welcome | Help | OpenNew | NewProject | ListProjects | Ask) -> str:
    match order:
        case Welcome():
            return ""
        case Help(topic=topic):
            return f"help {topic}" if topic else "help"
        case OpenNew(name=name, template=template) | NewProject(name=name, template=template):
            kind = f" template={template}" if template else ""
            return f"new {quoted(name)}{kind}" if name else f"new{kind}"
        case ListProjects(page=page):
            return f"list {page}"
        case Ask(text=text):
            return f"ask {own_text(text)}"


def _looked(order: Show | ShowMatrix | ShowRow | ShowHeld | ShowHistory) -> str:
    match order:
        case ShowHeld(item=item, day=day, project=project):
            return f"raci {name_word(item)} on {day.isoformat()}{within(project)}"
        case ShowHistory(item=item, project=project, page=page):
            at = f" page {page}" if page > 1 else ""
            return f"history {name_word(item)}{at}{within(project)}"
        case Show(project=project):
            return f"show {name_word(project)}" if project else "show"
        case ShowMatrix(project=project):
            return f"raci{within(project)}"
        case ShowRow(item=item, project=project):
            return f"raci {name_word(item)}{within(project)}"


def _kept(order: Bind | Unbind | Archive) -> str:
    if isinstance(order, Archive):
        verb = "archive" if order.archived else "unarchive"
    else:
        verb = "bind" if isinstance(order, Bind) else "unbind"
    return f"{verb} {name_word(order.project)}" if order.project else verb


_ANSWERS = {
    OfferState.ACCEPTED: "accept",
    OfferState.DECLINED: "decline",
    OfferState.CANCELLED: "call off",
}


_Writing = Assign | SettleOffer | Clear | SetAlias | AddLink


def _written(order: _Writing) -> str:
    match order:
        case AddLink(url=url, item=item_or_none, project=project, title=title, review=day):
            called = f' "{title}"' if title else ""
            by = f" review {day.isoformat()}" if day else ""
            by = " no review" if order.unreviewed else by
            to = f" to {name_word(item_or_none)}" if item_or_none else ""
            return f"link {url}{called}{by}{to}{within(project)}"
        case Assign(item=item, letters=letters, holder=holder, project=project, since=since):
            after = f" since {since.isoformat()}" if since else ""
            over = " hand over" if order.hand_over else ""
            over += f" now because {order.unasked}" if order.unasked is not None else ""
            seat = f"{name_word(item)} {'/'.join(letters)} {name_word(holder)}"
            return f"raci {seat}{after}{within(project)}{over}"
        case SettleOffer(state=state, item=item, project=project):
            verb = _ANSWERS[state]
            return f"raci {name_word(item)} {verb} hand over{within(project)}"
        case Clear(item=item, letters=letters, holder=who, project=project):
            of = f" {name_word(who)}" if who else ""
            return f"raci {name_word(item)} clear {'/'.join(letters)}{of}{within(project)}"
        case SetAlias(alias=alias, item=item_or_none, project=project, added=added):
            verb = "alias add" if added else "alias remove"
            target = name_word(item_or_none) if item_or_none else "project"
            return f"{verb} {name_word(alias)} = {target}{within(project)}"
