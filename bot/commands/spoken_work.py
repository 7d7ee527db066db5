"""Orders about how work goes, as the commands that `parse` reads back."""

from typing import assert_never

from bot.commands.speaking import name_word, own_text, within
from bot.commands.work import ShowGate, ShowHealth, ShowLadder
from bot.orders import (
    AddCriterion,
    AddItem,
    AddRung,
    AskGate,
    Block,
    Due,
    FinishProject,
    Move,
    OrderItems,
    RemoveCriterion,
    RemoveItem,
    RemoveRung,
    RenameItem,
    RenameRung,
    SetHealth,
    TickCriterion,
    Unblock,
    WorkOrder,
)


def spoken_work(order: WorkOrder | ShowGate | ShowHealth | ShowLadder) -> str:
    match order:
        case ShowLadder() | AddRung() | RenameRung() | RemoveRung():
            return f"ladder{_rungs(order)}"
        case Move() | Block() | Unblock() | Due():
            return _stage(order)
        case AddItem() | RenameItem() | RemoveItem() | OrderItems():
            return _ladder(order)
        case ShowGate() | AddCriterion() | RemoveCriterion() | TickCriterion() | AskGate():
            return f"gate {name_word(order.item)}{within(order.project)}{_gate(order)}"
        case ShowHealth(project=project):
            return f"health{within(project)}"
        case SetHealth(light=light, reason=reason, project=project):
            said = light.value if light else "auto"
            return f"health {said}{within(project)}{_because(reason)}"
        case FinishProject(project=project, why=why, finished=finished):
            off = "" if finished else " off"
            return f"done{off}{within(project)}{_because(why)}"
        case _:
            assert_never(order)


def _stage(order: Move | Block | Unblock | Due) -> str:
    item, at = name_word(order.item), within(order.project)
    match order:
        case Move(status=status, note=note, override=override):
            past = " override" if override else ""
            because = f": {own_text(note)}" if note else ""
            return f"stage {item} {status.words}{past}{at}{because}"
        case Block(text=text, owner=owner):
            whose = f" owner {name_word(owner)}" if owner else ""
            return f"block {item}{at}: {own_text(text)}{whose}"
        case Unblock(which=which, because=because):
            one = f": {name_word(which)}" if which else ""
            return f"unblock {item}{at}{one}{_because(because)}"
        case Due(due=due):
            return f"due {item} {due.isoformat() if due else 'none'}{at}"


def _ladder(order: AddItem | RenameItem | RemoveItem | OrderItems) -> str:
    at = within(order.project)
    match order:
        case AddItem(name=name, parent=str(parent)):
            return f"component add {name_word(name)} to {name_word(parent)}{at}"
        case AddItem(name=name, after=after):
            behind = f" after {name_word(after)}" if after else ""
            return f"stage add {name_word(name)}{behind}{at}"
        case RenameItem(item=item, name=name):
            return f"stage rename {name_word(item)} to {name_word(name)}{at}"
        case RemoveItem(item=item):
            return f"stage remove {name_word(item)}{at}"
        case OrderItems(item=item, ahead_of=other):
            return f"stage move {name_word(item)} before {name_word(other)}{at}"


def _rungs(order: ShowLadder | AddRung | RenameRung | RemoveRung) -> str:
    match order:
        case ShowLadder():
            return ""
        case AddRung(name=name, after=after):
            return f" add {name_word(name)}{f' after {name_word(after)}' if after else ''}"
        case RenameRung(rung=rung, name=name):
            return f" rename {name_word(rung)} to {name_word(name)}"
        case RemoveRung(rung=rung):
            return f" remove {name_word(rung)}"


def _gate(
    order: ShowGate | AddCriterion | RemoveCriterion | TickCriterion | AskGate,
) -> str:
    match order:
        case ShowGate():
            return ""
        case AddCriterion(text=text):
            return f" add {own_text(text)}"
        case RemoveCriterion(criterion=criterion):
            return f" remove {name_word(criterion)}"
        case TickCriterion(criterion=maybe, ticked=ticked, note=note):
            which = f" {name_word(maybe)}" if maybe else ""
            return f" {'tick' if ticked else 'untick'}{which}{_because(note)}"
        case AskGate(note=note):
            return f" ask{_because(note)}"


def _because(reason: str) -> str:
    return f" because {own_text(reason)}" if reason else ""
