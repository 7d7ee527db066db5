"""`export`: a file of a project or of all, now, or by itself as often as a digest can come."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bot.commands.digests import EVERY, OFTEN, how_often
from bot.commands.digests_spoken import often_spoken
from bot.commands.exporting import Export, ExportOrder, OpenExport, ShowExports
from bot.commands.reading import reference
from bot.commands.speaking import name_word
from bot.commands.times import read_weekday
from bot.commands.words import Word, quoted, words
from bot.errors import BadInput, NotFound, Why
from bot.orders import EndExport, SetDigest, SetExport
from bot.orders.routines import ME
from bot.sheets.forms import Form

_FORMS = {
    "xlsx": Form.XLSX,
    "excel": Form.XLSX,
    "csv": Form.CSV,
    "json": Form.JSON,
    "md": Form.MARKDOWN,
    "markdown": Form.MARKDOWN,
}
_OTHERS = frozenset(
    ("pdf", "xls", "ods", "docx", "word", "pptx", "powerpoint", "html", "txt", "tsv", "xml", "png")
)
"""What a file may be elsewhere; a project is hardly called "as" one of them."""
_WHOLE, _HERE = "portfolio", "here"
_OFF = {"off", "stop"}
_LIST = {"when", "scheduled", "schedule", "plans"}
_OPEN = {"set", "form"}
_WEEKLY = Word("weekly", 0, 0)
_ID = re.compile(r"[CG][A-Z0-9]{2,}")
_ENTITY = re.compile(rf"<#({_ID.pattern})(?:\|[^<>]*)?>")
_WANTED = "export portfolio every Monday at 8:00 to #leads"


@dataclass(frozen=True, slots=True)
class _Of:
    """What a file is of: the whole, a project, or (neither) what the place says."""

    project: str | None = None
    whole: bool = False


def read_export(rest: str, today: date) -> ExportOrder:
    """`portfolio` is the whole; in quotation marks it is a project of that name. With a time it
    comes by itself, `here` is for all who read the place.
    """
    some = words(rest)
    if len(some) == 1 and some[0].key in _LIST:
        return ShowExports()
    if len(some) == 1 and some[0].key in _OPEN:
        return OpenExport()
    bare, form = _form(some)
    bare, to = _to(bare, rest)
    where = None if to == _HERE else to
    if bare and bare[0].key in _OFF:
        of = _of(bare[1:])
        return EndExport(of.project, of.whole, where)
    before, wanted = _planned(bare, sure=to is not None)
    if wanted is not None:
        of = _of(before)
        return SetExport(wanted, of.project, of.whole, form, where)
    if where is not None:
        facts = {"words": f"to {where}", "wanted": _WANTED}
        raise BadInput(Why.WORDS_LEFT_OVER, facts, field="export")
    here = to == _HERE or bool(bare and bare[-1].key == _HERE)
    of = _of(bare[:-1] if here and to is None else bare)
    return Export(of.project, of.whole, form or Form.XLSX, here)


def _of(some: Sequence[Word]) -> _Of:
    if len(some) == 1 and some[0].key == _WHOLE:
        return _Of(whole=True)
    if some and some[0].key in {"in", "of"}:
        some = some[1:]
    return _Of(reference(some, "project")) if some else _Of()


def _form(some: Sequence[Word]) -> tuple[Sequence[Word], Form | None]:
    """What stands around the last `as csv`, and the form. Raises `NotFound` (what "format") for one
    that is known, but not here.
    """
    for at in range(len(some) - 2, -1, -1):
        form = _FORMS.get(some[at + 1].key) if some[at].key == "as" else None
        if form is not None:
            return [*some[:at], *some[at + 2 :]], form
        if some[at].key == "as" and some[at + 1].key in _OTHERS:
            raise NotFound("format", some[at + 1].text, there=tuple(dict.fromkeys(_FORMS.values())))
    return some, None


def _to(some: Sequence[Word], rest: str) -> tuple[Sequence[Word], str | None]:
    """What stands around the last `to #CHANNEL`, `to me` or `to here`, and where that is: a channel
    by its id, where Slack put that in, else by its name.
    """
    for at in range(len(some) - 2, -1, -1):
        if some[at].key == "to" and (where := _channel(some[at + 1], rest)):
            return [*some[:at], *some[at + 2 :]], where
    return some, None


def _channel(word: Word, rest: str) -> str:
    if word.key in {ME, _HERE}:
        return word.key
    if told := _ENTITY.fullmatch(rest[word.start : word.end]):
        return told[1]
    return word.text[1:] if word.key.startswith("#") else ""


def _planned(some: Sequence[Word], *, sure: bool) -> tuple[Sequence[Word], SetDigest | None]:
    """What a file is of, and how often it comes; None where the words say nothing of that.

    A project may be called "Daily Forecast": where the words after `daily` are no time, they are
    its name, unless (`sure`) something else says that the file is to come by itself.
    """
    for at, word in enumerate(some):
        if not _begins(some, at):
            continue
        told = some[at:] if word.key in OFTEN or word.key in EVERY else [_WEEKLY, *some[at:]]
        try:
            return some[:at], how_often(told)
        except BadInput:
            if sure or word.key in EVERY:
                raise
    return some, None


def _begins(some: Sequence[Word], at: int) -> bool:
    """Whether it is said from here on how often: `every`, `weekly`, or a bare `Mon 8:00`."""
    word = some[at]
    if word.key in OFTEN or word.key in EVERY:
        return True
    following = some[at + 1].key if at + 1 < len(some) else ""
    return (following == "at" or following[:1].isdigit()) and _is_weekday(word)


def _is_weekday(word: Word) -> bool:
    try:
        return bool(word.key) and read_weekday(word.text) >= 0
    except BadInput:
        return False


def export_spoken(order: ExportOrder) -> str:
    """Such an order as the command that gives it."""
    match order:
        case ShowExports():
            return "export when"
        case OpenExport():
            return "export set"
        case Export(form=form, here=here):
            as_form = "" if form is Form.XLSX else f"as {form}"
            parts = ["export", _what(order), "here" if here else "", as_form]
        case SetExport(wanted=wanted, form=maybe):
            as_form = "" if maybe is None else f"as {maybe}"
            parts = ["export", _what(order), often_spoken(wanted), _where(order), as_form]
        case EndExport():
            parts = ["export off", _what(order), _where(order)]
        case _:
            assert_never(order)
    return " ".join(part for part in parts if part)


def _what(order: Export | SetExport | EndExport) -> str:
    return _WHOLE if order.whole else _name(order.project) if order.project else ""


def _name(name: str) -> str:
    """A project that is called like one of the command's own words stands in quotes."""
    own = {*OFTEN, *EVERY, *_OFF, *_LIST, *_OPEN, _HERE}
    return quoted(name) if name.casefold() in own else name_word(name)


def _where(order: SetExport | EndExport) -> str:
    if order.to is None or order.to == ME:
        return f"to {order.to}" if order.to else ""
    return f"to <#{order.to}>" if _ID.fullmatch(order.to) else f"to #{order.to}"
