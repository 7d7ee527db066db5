"""Forms about a sheet that comes in: what they say joins what was said of it before, and in the
place of the preview comes another one.
"""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App

from bot.errors import BadInput, Why
from bot.imports.said import is_carried, joined
from bot.outcome import Place
from bot.people import Actor
from handlers import imports
from handlers.people import acquaint
from handlers.reply import Reply
from handlers.runner import FormAck
from handlers.service import Charter
from handlers.slack import Slack
from handlers.views import modals
from handlers.views.acts import Form
from handlers.views.modals.imports import Said

READERS: Mapping[Form, Callable[[Mapping[str, Any]], Said]] = {
    Form.IMPORT_COLUMNS: modals.read_import_columns,
    Form.IMPORT_PEOPLE: modals.read_import_people,
    Form.IMPORT_CONFLICTS: modals.read_import_conflicts,
}


def register(bolt: App) -> None:
    for form in READERS:
        bolt.view(form.value)(on_form)


def on_form(
    view: dict[str, Any],
    ack: FormAck,
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
    reply: Reply,
) -> None:
    said = READERS[Form(view["callback_id"])](view)
    imports.refuse_others(said.by, actor)
    wishes = joined(said.words, said.lines)
    if not is_carried(wishes.words):
        raise BadInput(Why.IMPORT_CROWDED)
    acquaint("\n".join(wishes.people.values()), charter, slack, actor.workspace)
    sent = imports.fetched(said.file, slack)
    done = imports.looked_at(sent, wishes, charter, actor, place)
    card = imports.card(done, sent, wishes.words, actor)
    ack(response_action="clear")
    reply.instead(card)
    if ack.was_late():
        slack.settle(ack.waits, modals.closing(modals.notice(card)))
