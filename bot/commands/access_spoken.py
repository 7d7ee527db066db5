"""The commands about who may do what, said as `parse` reads them back."""

from bot.commands.orders import ShowAccess, ShowOutbox, ShowSettings
from bot.commands.speaking import name_word, own_text, within
from bot.orders import (
    AllowTitles,
    BreakGlass,
    ChangeSetting,
    Grant,
    OpenSharedChannel,
    Resume,
    RetryMessages,
    SetPrivacy,
)

_OfWorkspace = (
    ShowSettings | ChangeSetting | OpenSharedChannel | Resume | ShowOutbox | RetryMessages
)
AccessOrder = ShowAccess | Grant | SetPrivacy | AllowTitles | BreakGlass | _OfWorkspace


def access_spoken(order: AccessOrder) -> str:
    match order:
        case ShowAccess(project=project):
            return f"access {name_word(project)}" if project else "access"
        case Grant(person=person, role=role, project=project):
            return f"access {name_word(person)} {role or 'none'}{within(project)}"
        case SetPrivacy(private=private, project=project):
            return f"access {'private' if private else 'public'}{within(project)}"
        case AllowTitles(allowed=allowed, project=project):
            return f"access {'titles' if allowed else 'no titles'}{within(project)}"
        case BreakGlass(project=project, reason=reason):
            return f"break-glass {name_word(project)} because {own_text(reason)}"
        case _:
            return _of_workspace(order)


def _of_workspace(order: _OfWorkspace) -> str:
    match order:
        case ShowSettings(name=name):
            return f"settings {name}" if name else "settings"
        case ChangeSetting(name=name, value=value):
            return f"settings {name} {value}"
        case OpenSharedChannel(opened=opened):
            return "channel allow" if opened else "channel forbid"
        case Resume():
            return "resume"
        case ShowOutbox():
            return "outbox"
        case RetryMessages(message=message):
            return f"outbox retry {'all' if message is None else message}"
