"""An order as the command that `parse` reads back: for examples, and for buttons that run one."""

import re

from bot.cadence import DAYS
from bot.commands.orders import (
    Archive,
    Ask,
    Bind,
    Export,
    Help,
    ListProjects,
    OpenNew,
    OpenStandup,
    Order,
    PreviewDigest,
    Show,
    ShowDigest,
    ShowMatrix,
    ShowRow,
    ShowScope,
    ShowStandup,
    Unbind,
)
from bot.commands.words import quoted
from bot.orders import (
    AddLink,
    Assign,
    Clear,
    Due,
    EndDigest,
    EndStandup,
    Move,
    SetAlias,
    SetDigest,
    SetScope,
    SettleOffer,
)
from bot.project import OfferState

# A word that may stand without quotes: longer than the letters, and none of the grammar's own.
_BARE = re.compile(r"[\w][\w-]{4,}|<[@!][^<>\s]+>", re.ASCII)
_OWN_WORDS = {"since", "vacant", "clear", "nobody", "remove", "handover", "hand-over", "because"}
_OWN_WORDS |= {"blocked", "skipped", "paused", "parked", "started", "stuck", "finished", "means"}
_OWN_WORDS |= {"complete", "completed", "ongoing", "delete", "project", "never", "nothing"}
_OWN_WORDS |= {"portfolio"}


def spoken(order: Order) -> str:
    """The command without `/charter`, with ISO dates. `seen` has no words."""
    match order:
        case Help(topic=topic):
            return f"help {topic}" if topic else "help"
        case OpenNew(name=name):
            return f"new {quoted(name)}" if name else "new"
        case ListProjects(page=page):
            return f"list {page}"
        case Ask(text=text):
            return f"ask {_own_text(text)}"
        case Show() | ShowMatrix() | ShowRow() | ShowScope():
            return _looked(order)
        case Bind() | Unbind() | Archive():
            return _kept(order)
        case OpenStandup() | ShowStandup() | EndStandup():
            return _standup(order)
        case ShowDigest() | PreviewDigest() | SetDigest() | EndDigest():
            return f"digest{_digest(order)}"
        case Export(project=maybe, whole=whole):
            what = "portfolio" if whole else _name(maybe) if maybe else ""
            return f"export {what}".rstrip()
        case _:
            return _written(order)


def _looked(order: Show | ShowMatrix | ShowRow | ShowScope) -> str:
    match order:
        case Show(project=project):
            return f"show {_name(project)}" if project else "show"
        case ShowMatrix(project=project):
            return f"raci{_within(project)}"
        case ShowRow(item=item, project=project):
            return f"raci {_name(item)}{_within(project)}"
        case ShowScope(name=name, project=project):
            field = f" {name.replace('_', ' ')}" if name else ""
            return f"scope{field}{_within(project)}"


def _kept(order: Bind | Unbind | Archive) -> str:
    if isinstance(order, Archive):
        verb = "archive" if order.archived else "unarchive"
    else:
        verb = "bind" if isinstance(order, Bind) else "unbind"
    return f"{verb} {_name(order.project)}" if order.project else verb


def _standup(order: OpenStandup | ShowStandup | EndStandup) -> str:
    match order:
        case OpenStandup(project=project):
            return f"standup{_within(project)}"
        case ShowStandup(project=project):
            return f"standup show{_within(project)}"
        case EndStandup(project=project):
            return f"standup off{_within(project)}"


_ANSWERS = {
    OfferState.ACCEPTED: "accept",
    OfferState.DECLINED: "decline",
    OfferState.CANCELLED: "call off",
}


_Writing = Assign | SettleOffer | Clear | Move | Due | SetScope | SetAlias | AddLink


def _written(order: _Writing) -> str:
    match order:
        case AddLink(url=url, item=item_or_none, project=project):
            to = f" to {_name(item_or_none)}" if item_or_none else ""
            return f"link {url}{to}{_within(project)}"
        case Assign(item=item, letters=letters, holder=holder, project=project, since=since):
            after = f" since {since.isoformat()}" if since else ""
            over = " hand over" if order.hand_over else ""
            over += f" now because {order.unasked}" if order.unasked is not None else ""
            seat = f"{_name(item)} {'/'.join(letters)} {_name(holder)}"
            return f"raci {seat}{after}{_within(project)}{over}"
        case SettleOffer(state=state, item=item, project=project):
            verb = _ANSWERS[state]
            return f"raci {_name(item)} {verb} hand over{_within(project)}"
        case Clear(item=item, letters=letters, holder=who, project=project):
            of = f" {_name(who)}" if who else ""
            return f"raci {_name(item)} clear {'/'.join(letters)}{of}{_within(project)}"
        case Move(item=item, status=status, note=note, project=project):
            because = f": {_own_text(note)}" if note else ""
            return f"stage {_name(item)} {status.words}{_within(project)}{because}"
        case Due(item=item, due=due, project=project):
            day = due.isoformat() if due else "none"
            return f"due {_name(item)} {day}{_within(project)}"
        case SetScope(name=name, value=value, project=project):
            return f"scope {name.replace('_', ' ')}{_within(project)}: {_own_text(value)}"
        case SetAlias(alias=alias, item=item_or_none, project=project, added=added):
            verb = "alias add" if added else "alias remove"
            target = _name(item_or_none) if item_or_none else "project"
            return f"{verb} {_name(alias)} = {target}{_within(project)}"


def _digest(order: ShowDigest | PreviewDigest | SetDigest | EndDigest) -> str:
    match order:
        case ShowDigest():
            return ""
        case PreviewDigest():
            return " preview"
        case EndDigest():
            return " off"
        case SetDigest(cadence=cadence, day=day, at=at, zone=zone):
            on = f" {DAYS[day]}" if day is not None else ""
            when = f" at {at:%H:%M}" if at is not None else ""
            return f" {cadence.value}{on}{when}{_within(zone)}"


def _name(name: str) -> str:
    if _BARE.fullmatch(name) and name.casefold() not in _OWN_WORDS:
        return name
    return quoted(name)


def _own_text(text: str) -> str:
    """Free text stands as it is, unless its quotes would be taken for the grammar's."""
    return quoted(text) if re.search('["“”„«»\\\\]', text) else text


def _within(project: str | None) -> str:
    return f" in {_name(project)}" if project else ""
