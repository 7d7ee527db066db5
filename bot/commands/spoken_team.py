"""Orders about the team, as commands."""

from bot.commands.orders import (
    ShowGaps,
    ShowIdle,
    ShowLint,
    ShowLoad,
)
from bot.commands.role_lists import ListRoles, OpenRole, ShowRole
from bot.commands.speaking import name_word, own_text, within
from bot.orders import (
    AddRole,
    CloneRaci,
    EndStartUp,
    EndWaiver,
    GiveJob,
    RemoveRole,
    RenameRole,
    Split,
    StartUp,
    Transfer,
    Waive,
)

_Looked = ShowGaps | ShowIdle | ShowLoad | ShowLint
_Roles = ListRoles | ShowRole | OpenRole | AddRole | RenameRole | RemoveRole | GiveJob
_Moved = Transfer | CloneRaci | StartUp | EndStartUp | Split
_Waived = Waive | EndWaiver
TeamOrder = _Looked | _Roles | _Moved | _Waived


def team(order: TeamOrder) -> str:
    """The command without `/charter`. The mark of a preview has no words."""
    match order:
        case ShowGaps() | ShowIdle() | ShowLoad() | ShowLint():
            return _looked(order)
        case Transfer() | CloneRaci() | StartUp() | EndStartUp() | Split():
            return _moved(order)
        case Waive() | EndWaiver():
            return _waived(order)
        case _:
            return _role(order)


def _looked(order: _Looked) -> str:
    match order:
        case ShowIdle():
            return "idle"
        case ShowLoad(person=person):
            return f"load {name_word(person)}" if person else "load"
        case ShowGaps(project=project, whole=whole) | ShowLint(project=project, whole=whole):
            verb = "gaps" if isinstance(order, ShowGaps) else "lint"
            what = " all" if whole else within(project)
            return f"{verb}{what}"


def _role(order: _Roles) -> str:
    match order:
        case ListRoles():
            return "role"
        case ShowRole(role=role):
            return f"role {name_word(role)}"
        case OpenRole(role=role):
            return f"role edit {name_word(role)}"
        case AddRole(title=title, does=does):
            return f"role add {name_word(title)}{f': {own_text(does)}' if does else ''}"
        case RenameRole(role=role, title=title):
            return f"role rename {name_word(role)} to {name_word(title)}"
        case RemoveRole(role=role):
            return f"role remove {name_word(role)}"
        case GiveJob(person=person, role=job):
            return f"role set {name_word(person)} to {name_word(job) if job else 'none'}"


def _moved(order: _Moved) -> str:
    match order:
        case Transfer(source=source, to=to, project=project, everywhere=everywhere):
            where = " everywhere" if everywhere else within(project)
            why = f" because {own_text(order.reason)}" if order.reason else ""
            return f"transfer {_source(source)} to {name_word(to)}{where}{why}"
        case CloneRaci(source=source, project=project, with_people=with_people):
            people = " with people" if with_people else ""
            return f"clone raci from {name_word(source)}{people}{within(project)}"
        case StartUp(person=person, project=project):
            return f"startup {name_word(person)}{within(project)}"
        case EndStartUp(project=project):
            return f"startup off{within(project)}"
        case Split(role=role, to=to, since=since, project=project):
            day = f" since {since.isoformat()}" if since else ""
            return f"split {name_word(role)} to {name_word(to)}{day}{within(project)}"


def _source(source: str) -> str:
    """A person, or vacant seats, whose first word is the grammar's own."""
    return source if source.casefold().split()[:1] == ["vacant"] else name_word(source)


def _waived(order: _Waived) -> str:
    item = f" {name_word(order.item)}" if order.item else ""
    if isinstance(order, EndWaiver):
        return f"waive off {order.rule}{item}{within(order.project)}"
    until = f"until {order.until.isoformat()} because {own_text(order.reason)}"
    return f"waive {order.rule}{item}{within(order.project)} {until}"
