"""Commands in a message to Charter: what only looks is done at once, what changes is offered.

In a channel they are answered to the one who typed alone, as `/charter` is; in a direct message,
there. What changes something is never done without a press.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_bolt import BoltContext

from bot.commands import Export, ExportPerson, Help, Order, bare_of, only_looks, said
from bot.errors import BadInput, CharterError, NotFound
from bot.rounds import Said
from handlers import exports
from handlers.orders import Desk, carried_out
from handlers.people import MENTION, acquaint
from handlers.reply import Reply
from handlers.slack import Slack
from handlers.views import offering, standups
from handlers.views.kit import Message

_CHANNEL = re.compile(r"<#[A-Z0-9]+\|([^<>]+)>")
_LINK = re.compile(r"<([a-z]+:[^<>|]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a text. `told`: it was a command that looks, and was answered; `order`: it
    would change something, `sure`: and that is there. `why_not`: it begins as one, and is none.
    """

    told: bool = False
    order: Order | None = None
    sure: bool = False
    why_not: CharterError | None = None

    @property
    def is_command(self) -> bool:
        return self.order is not None or self.why_not is not None


@dataclass(frozen=True, slots=True)
class Typist:
    """Who typed a text, where, and how they are answered."""

    desk: Desk
    slack: Slack
    reply: Reply
    context: BoltContext
    today: date

    def answers(self, event: Mapping[str, Any]) -> bool:
        """Take what answers a standup of theirs, if it surely does."""
        text = self._written(event)
        if not text:
            return False
        service, actor = self.desk.charter.standups, self.desk.actor
        is_line = "\n" not in text
        is_other = text.endswith("?") or (is_line and self._orders(text))
        place = (event["channel"], event.get("thread_ts"), event["ts"])
        return self._tell_of_standup(service.typed(actor, text, *place, is_other=is_other))

    def may_answer(self, event: Mapping[str, Any]) -> bool:
        """Ask whether a text is to answer a standup, where one waits and it may be meant so."""
        text = self._written(event)
        if text.rstrip().endswith("?"):
            return False
        service, place = self.desk.charter.standups, (event["channel"], event["ts"])
        return self._tell_of_standup(service.maybe_typed(self.desk.actor, text, *place))

    def edits(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Change what somebody answered in a message as they have changed that."""
        was, now = self._written(before), self._written(after)
        if was != now and now:
            service, actor = self.desk.charter.standups, self.desk.actor
            self._tell_of_standup(service.retyped(actor, after["ts"], was, now))

    def _tell_of_standup(self, became: Said | None) -> bool:
        if became is not None:
            self.reply(standups.said(became, self.desk.actor.name))
        return became is not None

    def _orders(self, text: str) -> bool:
        try:
            return said(text, self.today) is not None
        except (BadInput, NotFound):
            return False  # it only begins as one

    def _written(self, event: Mapping[str, Any]) -> str:
        """A text line by line, as its author sees it."""
        text = _CHANNEL.sub(r"#\1", MENTION.sub(self._name, str(event.get("text") or "")))
        return html.unescape(_LINK.sub(r"\1", text)).strip()

    def hear(self, text: str) -> Heard:
        """Do what only looks; of what changes something, find out whether it can be offered."""
        try:
            order = said(text, self.today)
            return Heard() if order is None else self._heard(order, text)
        except (BadInput, NotFound) as no:  # may be a question, which only begins as a command
            return Heard(why_not=no)

    def settle(self, heard: Heard, text: str) -> None:
        """Show the command with a button that gives it, or tell why it cannot be given."""
        if heard.why_not is not None:
            raise heard.why_not
        words = bare_of(text)
        shown = _CHANNEL.sub(r"#\1", MENTION.sub(self._name, words))
        self._tell(offering.command(words, shown))

    def _heard(self, order: Order, text: str) -> Heard:
        desk = self.desk
        self.context["order"] = order
        acquaint(text, desk.charter, self.slack, desk.actor.workspace)
        if isinstance(order, Export | ExportPerson):
            exports.deliver(order, desk, self.slack, self.reply.origin, self.reply, self.context)
        elif isinstance(order, Help):
            self.reply(carried_out(order, desk))  # for everybody: it tells of nothing here
        elif only_looks(order):
            self._tell(carried_out(order, desk))
        else:
            sure = desk.charter.access.look_over(desk.actor, order, desk.place)
            return Heard(order=order, sure=sure)
        return Heard(told=True)

    def _tell(self, message: Message) -> None:
        """To the one who typed alone, who may see more than the others who read along."""
        if self.desk.place.is_direct:
            self.reply(message)
        else:
            self.reply.privately(message)

    def _name(self, mention: re.Match[str]) -> str:
        people = self.desk.charter.people
        person = people.known(self.desk.actor.workspace, mention[1])
        return f"@{person.name}" if person else mention[0]
