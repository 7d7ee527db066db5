"""Sheets that come in from Slack: by the menu of a message, or sent to Charter directly."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import App

from bot.errors import Refused, Why
from bot.imports import Order
from bot.imports.said import Wishes, wishes_in
from bot.outcome import Place
from bot.people import Actor
from bot.sheets.bounds import MOST_BYTES
from handlers import manifest
from handlers.reply import Reply
from handlers.service import Charter
from handlers.service.importing import Asked
from handlers.slack import Slack
from handlers.slack.files import downloaded, looked_up
from handlers.views import imports as views

ENDINGS = (".xlsx", ".csv", ".xlsm", ".tsv", ".xls", ".xlsb", ".ods")


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
    wishes = wishes_in(text)
    name = str(file.get("name") or "")
    told = looked_up(slack, str(file["id"]))
    content = downloaded(slack, told, MOST_BYTES)
    done = charter.importing.preview(actor, content, stem(name), asked(wishes), place)
    card = views.previewed(
        done.plan, name, str(file["id"]), wishes.words, moved=False, by=_by(actor)
    )
    reply.privately(card)


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
    told = looked_up(slack, file)
    name = str(told.get("name") or "")
    content = downloaded(slack, told, MOST_BYTES)
    how = asked(wishes_in(words), partial=partial)
    done = charter.importing.take(actor, content, stem(name), how, place, mark)
    if done.written:
        reply.instead(views.taken(done.plan, name))
    else:
        reply.instead(
            views.previewed(done.plan, name, file, words, moved=done.moved, by=_by(actor))
        )


def asked(wishes: Wishes, *, partial: bool = False) -> Asked:
    order = Order(wishes.dates) if wishes.dates else None
    return Asked(wishes.project, wishes.placed, order, partial)


def stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _by(actor: Actor) -> int:
    return actor.person_id or 0
