"""Sheets that come in from Slack: by the menu of a message, or sent to Charter directly.

Nothing is kept between a preview and what is done with it: the card carries which file it is of
and all that was said of it, and each press reads the file anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import App

from bot.errors import Refused, Why
from bot.imports import Order
from bot.imports.said import Wishes, beside, wishes_in
from bot.outcome import Place
from bot.people import Actor
from bot.sheets.bounds import MOST_BYTES
from handlers import manifest
from handlers.reply import Reply
from handlers.service import Charter
from handlers.service.importing import Asked, Imported
from handlers.slack import Slack
from handlers.slack.files import downloaded, looked_up
from handlers.views import import_cards as views
from handlers.views.kit import Message

ENDINGS = (".xlsx", ".csv", ".xlsm", ".tsv", ".xls", ".xlsb", ".ods")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as Slack has it by now."""

    id: str
    name: str
    content: bytes

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0] or self.name


def register(bolt: App) -> None:
    bolt.message_shortcut(manifest.IMPORT)(on_import)


def sheets_of(said: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The files of a message that may be sheets, by their names."""
    files = [one for one in said.get("files") or () if isinstance(one, dict)]
    return [one for one in files if str(one.get("name") or "").casefold().endswith(ENDINGS)]


def on_import(
    shortcut: dict[str, Any],
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
    reply: Reply,
) -> None:
    """Show what the sheet of a message would change, to the one who asks alone."""
    said = shortcut["message"]
    sheets = sheets_of(said)
    if not sheets:
        raise Refused(Why.NO_SHEET)
    for file in sheets:
        preview(file, str(said.get("text") or ""), charter, actor, place, slack, reply)


def preview(
    file: Mapping[str, Any],
    text: str,
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
    reply: Reply,
) -> None:
    """Say what a sheet would change. What stands beside it says how it is to be read."""
    wishes = beside(text)
    sent = fetched(str(file["id"]), slack)
    done = looked_at(sent, wishes, charter, actor, place)
    reply.privately(card(done, sent, wishes.words, actor))


def take(
    file: str,
    words: str,
    mark: str,
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
    reply: Reply,
    *,
    partial: bool,
) -> None:
    """Do what a preview showed; where it would be something else by now, show that instead."""
    sent = fetched(file, slack)
    how = asked(wishes_in(words), partial=partial)
    done = charter.importing.take(actor, sent.content, sent.stem, how, place, mark)
    if done.written:
        reply.instead(views.taken(done.plan, sent.name))
    else:
        reply.instead(card(done, sent, words, actor))


def fetched(file: str, slack: Slack) -> Sent:
    """A file by Slack's id of it."""
    told = looked_up(slack, file)
    return Sent(file, str(told.get("name") or ""), downloaded(slack, told, MOST_BYTES))


def looked_at(sent: Sent, wishes: Wishes, charter: Charter, actor: Actor, place: Place) -> Imported:
    return charter.importing.preview(actor, sent.content, sent.stem, asked(wishes), place)


def card(done: Imported, sent: Sent, words: str, actor: Actor) -> Message:
    """The preview, for the one who asked."""
    by = actor.person_id or 0
    return views.previewed(done.plan, sent.name, sent.id, words, moved=done.moved, by=by)


def asked(wishes: Wishes, *, partial: bool = False) -> Asked:
    order = Order(wishes.dates) if wishes.dates else None
    return Asked(wishes.project, wishes.placed, order, partial, wishes.people, wishes.settled)


def refuse_others(by: str | None, actor: Actor) -> None:
    """Whoever asked has the preview, and they alone may do anything with it: it was made for their
    rights and their eyes.
    """
    if by != str(actor.person_id):
        raise Refused(Why.NOT_YOUR_IMPORT)
