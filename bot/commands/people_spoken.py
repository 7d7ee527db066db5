"""Orders about people as commands."""

from bot.commands.orders import ExportPerson, ShowPerson
from bot.commands.words import quoted
from bot.commands.work import ShowLogins
from bot.orders import AskToErase, LinkNames, MergePeople, SplitPeople, UnlinkNames

PersonOrder = (
    ShowPerson
    | ShowLogins
    | ExportPerson
    | AskToErase
    | LinkNames
    | UnlinkNames
    | MergePeople
    | SplitPeople
)


def person_spoken(order: PersonOrder) -> str:
    match order:
        case ShowPerson(person=person):
            return f"person {quoted(person)}" if person else "person"
        case ShowLogins():
            return "person logins"
        case ExportPerson():
            return "person export"
        case AskToErase(person=person, reason=reason):
            because = f" because {quoted(reason)}" if reason else ""
            return f"person erase {quoted(person)}{because}"
        case LinkNames(person=person, names=names):
            return f"person link {quoted(person)} {_pairs(names)}"
        case UnlinkNames(person=person, names=names):
            return f"person unlink {quoted(person)} {_pairs(names)}"
        case MergePeople(old=old, into=into):
            return f"person merge {quoted(old)} into {quoted(into)}"
        case SplitPeople(old=old):
            return f"person unmerge {quoted(old)}"


def _pairs(names: tuple[tuple[str, str], ...]) -> str:
    return " ".join(f"{kind}={value}" if value else kind for kind, value in names)
