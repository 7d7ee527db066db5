"""Orders about delegations, as the commands that `read_delegate` reads back."""

from bot.commands.looking import OpenDelegate, ShowDelegates
from bot.commands.speaking import name_word, within
from bot.orders import Delegate, EndDelegation

DelegateOrder = OpenDelegate | ShowDelegates | Delegate | EndDelegation


def delegation(order: DelegateOrder) -> str:
    """What follows the name of the command."""
    match order:
        case OpenDelegate(project=project, first=first, last=last):
            days = f" from {first.isoformat()} to {last.isoformat()}" if first and last else ""
            return f"{days}{within(project)}"
        case ShowDelegates(person=person):
            return f" show {name_word(person)}" if person else " show"
        case EndDelegation(holder=holder, person=person, project=project):
            who = f" {name_word(holder)}" if holder else ""
            of = f" {name_word(person)} to" if person else ""
            return f" off{of}{who}{within(project)}"
        case Delegate(holder=holder, person=person, project=project, reason=reason):
            of = f" {name_word(person)} to" if person else ""
            days = f"from {order.first.isoformat()} to {order.last.isoformat()}"
            why = f" because {reason}" if reason else ""
            return f"{of} {name_word(holder)} {days}{within(project)}{why}"
