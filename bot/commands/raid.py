"""`risk`, `assumption`, `issue`, `dependency`, and `raid` for all of them together."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.commands.orders import Order
from bot.commands.planned import OpenRaid, RaidOrder, ShowEntry, ShowRaid
from bot.commands.reading import (
    page_of,
    read_date,
    reference,
    with_note,
    with_project,
    without_project,
)
from bot.commands.speaking import name_word, own_text, within
from bot.commands.words import Word, joined, unwrapped, words
from bot.errors import BadInput, Why
from bot.orders import CloseRaid, EditRaid, RaiseRaid
from bot.raid import Level, RaidKind, label

NOTHING = {"none", "nobody", "nothing"}
"""What is typed for a field that shall be empty."""
_OPENS = {"for": "item", "of": "item"}
_FIELDS = {"for": "item", "likelihood": "likelihood", "impact": "impact", "owner": "owner"}
_FIELDS |= {"due": "due", "mitigation": "mitigation"}
_PROJECT = {"project", "whole project", "the project", "the whole project"}
_CLOSED = {"close": True, "closed": True, "settle": True, "reopen": False, "open": False}
Field = tuple[str, str]
Read = Callable[[str, date], Order]


def read_entry(kind: RaidKind) -> Read:
    """A reader for one kind: look at its entries, raise one, or say what is to become of one."""

    def read(rest: str, today: date) -> Order:
        some = words(rest)
        number = re.compile(rf"{kind.prefix}-?(\d{{1,6}}):?", re.ASCII | re.IGNORECASE)
        if some and (found := number.fullmatch(some[0].text)):
            after = some[0].end - some[0].text.endswith(":")
            return _of_one(kind, int(found[1]), rest[after:], today)
        if some and some[0].key in {"add", "new"}:
            return _new(kind, rest[some[0].end :], today)
        if not some or (some[0].key in {"in", "page"} and with_note(rest)[1] is None):
            return _listed(kind, rest)
        return _new(kind, rest, today)

    return read


def read_raid(rest: str, today: date) -> Order:
    return _listed(None, rest)


def _listed(kind: RaidKind | None, rest: str) -> ShowRaid:
    some, project = without_project((Word("", 0, 0, quoted=True), *words(rest)))
    return ShowRaid(kind, project, page_of(joined(some[1:])))


def _new(kind: RaidKind, rest: str, today: date) -> Order:
    """`add TEXT`, or `add for ITEM likelihood high due 1 May in PROJECT: TEXT`."""
    some = words(rest)
    if not some or (some[0].key == "in" and with_note(rest)[1] is None):
        return OpenRaid(kind, project=without_project((Word("", 0, 0, quoted=True), *some))[1])
    head, text = with_note(rest)
    if some[0].key in {"in", *_FIELDS} and text is not None:
        before, project = without_project((Word("", 0, 0, quoted=True), *words(head)))
        values = _fields(kind, before[1:], today)
        return RaiseRaid(kind, (("text", unwrapped(text)), *values), project)
    text, project = with_project(rest)
    return RaiseRaid(kind, (("text", unwrapped(text)),), project)


def _of_one(kind: RaidKind, number: int, rest: str, today: date) -> Order:
    head, note = with_note(rest) if not rest.startswith(":") else ("", rest[1:])
    some, project = without_project((Word("", 0, 0, quoted=True), *words(head)))
    said = some[1:]
    if note is not None:
        note, quoted_project = with_project(note)
        note, project = unwrapped(note), project or quoted_project
    if not said:
        if note is None:
            return ShowEntry(kind, number, project)
        return EditRaid(kind, number, (("text", note),), project)
    key = said[0].key if len(said) == 1 else ""
    if key in _CLOSED:
        return CloseRaid(kind, number, note or "", project, _CLOSED[key])
    if key == "edit" and note is None:
        return OpenRaid(kind, number, project)
    values = list(_fields(kind, said[:-1] if note is not None else said, today))
    if note is not None:
        last = _FIELDS.get(said[-1].key)
        if last != "mitigation":
            raise _unread(kind, said)
        values.append(("mitigation", note))
    return EditRaid(kind, number, tuple(values), project)


def _fields(kind: RaidKind, some: Sequence[Word], today: date) -> tuple[Field, ...]:
    """`likelihood high owner @bea due 1 May`: each field reaches to where the next one begins."""
    if not some:
        return ()
    starts = [at for at, word in enumerate(some) if word.key in _FIELDS]
    if not starts or starts[0]:
        raise _unread(kind, some)
    ends = [*starts[1:], len(some)]
    return tuple(
        (_FIELDS[some[start].key], _value(_FIELDS[some[start].key], some[start + 1 : end], today))
        for start, end in zip(starts, ends, strict=True)
    )


def _value(field: str, some: Sequence[Word], today: date) -> str:
    text = reference(some, field)
    plain = text.casefold()
    if plain in NOTHING or (field == "item" and plain in _PROJECT):
        return ""
    match field:
        case "likelihood" | "impact":
            return _level(text, field)
        case "due":
            return read_date(text, today, ahead=True).isoformat()
        case _:
            return text


def _level(text: str, field: str) -> str:
    wanted = text.casefold()
    known = next((one for one in Level if one.value.startswith(wanted)), None)
    if known is None:
        raise BadInput(Why.BAD_LEVEL, {"level": text}, field=field)
    return known.value


def _unread(kind: RaidKind, some: Sequence[Word]) -> BadInput:
    wanted = f"{kind.value} {label(kind, 3)} owner @bea due 1 May"
    return BadInput(Why.WORDS_LEFT_OVER, {"words": joined(some), "wanted": wanted}, field="text")


def raid_spoken(order: RaidOrder) -> str:
    """The command that `read_entry` and `read_raid` read back."""
    match order:
        case ShowRaid(kind=kind, project=project, page=page):
            at = f" page {page}" if page > 1 else ""
            return f"{kind.value if kind else 'raid'}{at}{within(project)}"
        case OpenRaid(kind=kind, number=None, project=project):
            return f"{kind.value} add{within(project)}"
        case RaiseRaid(kind=kind, values=values, project=project):
            head = f"{''.join(_spoken(values))}{within(project)}"
            text = own_text(dict(values)["text"])
            return f"{kind.value} add{head}: {text}" if head else f"{kind.value} add {text}"
        case ShowEntry() | OpenRaid() | EditRaid() | CloseRaid():
            return f"{order.kind.value} {label(order.kind, order.number or 0)}{_told(order)}"


def _told(order: ShowEntry | OpenRaid | EditRaid | CloseRaid) -> str:
    where = within(order.project)
    match order:
        case ShowEntry():
            return where
        case OpenRaid():
            return f" edit{where}"
        case CloseRaid(because=because, closed=closed):
            why = f" because {own_text(because)}" if because else ""
            return f" {'close' if closed else 'reopen'}{where}{why}"
        case EditRaid(values=values):
            said = dict(values)
            if said.keys() == {"text"}:
                return f"{where}: {own_text(said['text'])}"
            more = "".join(_spoken(values))
            if said.get("mitigation"):
                return f"{more} mitigation{where}: {own_text(said['mitigation'])}"
            return f"{more}{' mitigation none' if 'mitigation' in said else ''}{where}"


def _spoken(values: Sequence[Field]) -> Iterator[str]:
    """The fields that are words of the command; the texts follow its colon."""
    for field, value in values:
        if field in {"text", "mitigation"}:
            continue
        named = "for" if field == "item" else field
        is_word = field in {"item", "owner"} and value
        yield f" {named} {name_word(value) if is_word else value or 'none'}"
