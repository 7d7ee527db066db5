"""A person in the workspace, as tests and the page make them talk and press."""

from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from handlers.playground.double import payloads
from handlers.playground.double.blocks import placed
from handlers.playground.double.check import Json
from handlers.playground.double.courier import Courier, Reply
from handlers.playground.double.errors import Refusal
from handlers.playground.double.hooks import answer
from handlers.playground.double.inputs import Raw
from handlers.playground.double.interactions import Interactions
from handlers.playground.double.methods.chat import sound_content
from handlers.playground.double.model import Beside, Channel, File, Message, User, View
from handlers.playground.double.tickets import Hook
from handlers.playground.double.typed import encoded, links
from handlers.playground.double.workspace import PATIENCE, SLACKBOT, Workspace

T = TypeVar("T")


class Person:
    """`ana.says(…)`, `ana.presses(…)`, `ana.sees(…)`: what one person does and sees.

    Whatever reaches the app is sent before a method returns, and acknowledged or late by then;
    what the app does afterwards is waited for with `hears`, `gets_modal` and `gets_home`.
    """

    def __init__(
        self, space: Workspace, courier: Courier, hands: Interactions, user_id: str
    ) -> None:
        self._space = space
        self._courier = courier
        self._hands = hands
        self.id = user_id

    @property
    def user(self) -> User:
        return self._space.users[self.id]

    # Talking

    def says(self, text: str, channel: str, thread: Message | str | None = None) -> Message:
        """Writes in a channel; the app hears of it if it is mentioned there and a member.

        Raises ValueError for a channel the person is not in, that is archived, or empty text.
        """
        place = self._writable(channel)
        if not text.strip():
            raise ValueError("there is nothing to say")
        return self._write(place, text, thread)

    def _tell_mention(self, message: Message, place: Channel) -> None:
        app = self._space.app
        if place.is_im:
            self._tell_app("message", message, place)
        elif f"<@{app.bot_user_id}>" in message.text:
            if app.bot_user_id in place.members:
                self._tell_app("app_mention", message, place)
            else:
                words = f"{app.name} is not in this channel, so it has not seen your message."
                self._space.slackbot(self.id, place.id, words)

    def _tell_links(self, message: Message, place: Channel) -> None:
        """As in Slack, the app hears of links in channels that it is no member of, too."""
        found = [
            {"domain": domain, "url": url}
            for url in links(message.text)
            for domain in self._space.app.domains
            if f".{urlsplit(url).hostname or ''}".endswith(f".{domain}")
        ]
        if found:
            event = payloads.link_shared(self._space, message, found)
            self._courier.event(event, self.id, shared=place.is_ext_shared)

    def dms(self, text: str, thread: Message | str | None = None) -> Message:
        """Writes to the app in the direct message with it."""
        return self.says(text, self._space.im_with(self.id).id, thread)

    def shares(
        self,
        name: str,
        content: bytes,
        text: str = "",
        channel: str = "",
        thread: Message | str | None = None,
    ) -> Message:
        """Shares a file with words beside it: in a channel, or in the direct message with the app.

        The app hears of it as of any message.
        """
        place = self._writable(channel or self._space.im_with(self.id).id)
        created = int(self._space.now().timestamp())
        file = File(self._space.fresh("F"), name, name, content, created)
        return self._write(place, text, thread, file)

    def edits(self, message: Message, text: str) -> Message:
        """Edits what they wrote to the app in the direct message."""
        before = self._own(message)
        sent = encoded(self._space, text, self.id, in_command=False)
        after = self._space.edit(before, sent, [])
        self._courier.event(payloads.edited_event(self._space, before, after), self.id)
        return after

    def deletes(self, message: Message) -> None:
        """Deletes what they wrote to the app in the direct message."""
        before = self._own(message)
        self._space.remove(before)
        self._courier.event(payloads.edited_event(self._space, before, None), self.id)

    def _own(self, message: Message) -> Message:
        stands = self._space.message(message.channel, message.ts)
        if stands is None or stands.user != self.id or not stands.channel.startswith("D"):
            raise ValueError("this is no message of theirs in a direct message")
        return stands

    def _write(
        self, place: Channel, text: str, thread: Message | str | None, *files: File
    ) -> Message:
        sent = encoded(self._space, text, self.id, in_command=False)
        ts = (thread.thread_ts or thread.ts) if isinstance(thread, Message) else thread
        message = self._space.post(place.id, self.id, sent, thread_ts=ts, files=files)
        self._tell_mention(message, place)
        self._tell_links(message, place)
        return message

    def _tell_app(self, kind: str, message: Message, place: Channel) -> None:
        event = payloads.said_event(self._space, kind, message, self.user)
        reply = self._courier.event(event, self.id, shared=place.is_ext_shared)
        if reply is not None and reply.failure:
            words = f"{self._space.app.name} has not taken your message ({reply.reason})."
            self._space.tell(self.id, place.id, words)

    def _writable(self, channel: str) -> Channel:
        place = self._space.channel_named(channel)
        if self.id not in place.members:
            raise ValueError(f"{self.user.name} is not in #{place.name}")
        if place.is_archived:
            raise ValueError(f"#{place.name} is archived")
        return place

    def slash(self, line: str, channel: str | None = None) -> Reply:
        """Types a slash command, in a channel or (None) in the direct message with the app."""
        place = self._writable(channel or self._space.im_with(self.id).id)
        name, _, text = line.strip().partition(" ")
        command = next((c for c in self._space.app.commands if c.name == name), None)
        foreign = self.user.team_id not in ("", self._space.team_id)
        if command is None or foreign or "commands" not in self._space.app.scopes:
            self._space.slackbot(self.id, place.id, f"{name} is not a valid command.")
            return Reply(None, "dispatch_failed", "unknown_command")
        if command.should_escape:
            text = encoded(self._space, text, self.id, in_command=True)
        fields = payloads.slash(self._space, self.user, place, name, text.strip())
        reply = self._courier.deliver("slash_commands", fields, line, self.id)
        if reply.failure:
            words = f'{name} failed with the error "{reply.failure}"'
            self._space.slackbot(self.id, place.id, words)
        else:
            self._show_answer(place, name, reply.body)
        return reply

    def _show_answer(self, place: Channel, command: str, body: Json | str | None) -> None:
        """The body of the acknowledgement is the first answer."""
        if not body:
            return
        said = body if isinstance(body, dict) else {"text": body}
        hook = Hook(self.id, place.id, self._space.now())
        try:
            text, blocks = sound_content(said.get("text"), said.get("blocks"))
            answer(self._space, hook, text, blocks, said)
        except Refusal as refusal:
            with self._space.change():
                self._space.problems.append(f"{command}: {refusal.error} {list(refusal.faults)}")
            words = f'{command} failed with the error "{refusal.error}"'
            self._space.slackbot(self.id, place.id, words)

    # Reacting, and what stands in menus

    def reacts(self, message: Message, name: str) -> None:
        """Reacts to a message; the app hears of it in channels that it is a member of."""
        self._react(message, name, added=True)

    def unreacts(self, message: Message, name: str) -> None:
        self._react(message, name, added=False)

    def _react(self, message: Message, name: str, *, added: bool) -> None:
        place = self._writable(message.channel)
        if message.is_ephemeral:
            raise ValueError("nobody else sees this message, so there is nothing to react to")
        if not self._space.react(message, name, self.id, added=added):
            return
        if self._space.app.bot_user_id in place.members:
            event = payloads.reaction(self._space, message, self.id, name, added=added)
            self._courier.event(event, self.id, shared=place.is_ext_shared)

    def picks(self, entry: str, message: Message | None = None) -> Reply:
        """Picks an entry of a message's menu, or (without one) behind the lightning bolt.

        Raises LookupError for an entry that the app does not declare.
        """
        shortcuts = self._space.app.shortcuts
        wanted = (entry, message is None)
        known = next((one for one in shortcuts if (one.name, one.is_global) == wanted), None)
        if known is None:
            raise LookupError(f"no such entry: {entry}")
        if message is None:
            payload = payloads.global_shortcut(self._space, self.user, known.callback_id)
        else:
            payload = payloads.message_action(self._space, self.user, message, known.callback_id)
        reply = self._courier.deliver("interactive", payload, known.callback_id, self.id)
        if reply.failure:
            words = f"{self._space.app.name} did not respond ({reply.failure})."
            self._space.tell(self.id, message.channel if message else None, words)
        return reply

    # Pressing, choosing, filling

    def presses(self, where: Message | View, what: str, value: str | None = None) -> Reply:
        """Presses a button, by action id or text; `value` tells alike ones apart."""
        block_id, element = self._element(where, what, value)
        return self._hands.act(self.user, where, block_id, element["action_id"])

    def chooses(self, where: Message | View, what: str, choice: Raw) -> Reply:
        """Chooses in a select, picker, menu or check list, by action id or placeholder."""
        block_id, element = self._element(where, what, None)
        return self._hands.act(self.user, where, block_id, element["action_id"], choice)

    def _element(self, where: Message | View, what: str, value: str | None) -> tuple[str, Json]:
        with self._space.read():
            current = self._hands.current(where)
        found = [
            (block["block_id"], element)
            for block in current.blocks
            for _, element in placed(block)
            if what in _names(element) and value in (None, element.get("value"))
        ]
        if len(found) != 1:
            names = [sorted(_names(e)) for b in current.blocks for _, e in placed(b)]
            raise LookupError(f"{len(found)} elements are called {what!r}; there are: {names}")
        return found[0]

    @property
    def modal(self) -> View | None:
        """The modal on top, or None."""
        return self._space.views.top(self.id)

    def fills(self, values: Mapping[str, Raw]) -> View:
        """Fills inputs of the modal, by label or block id. Raises LookupError, ValueError."""
        view = self._top()
        for name, raw in values.items():
            blocks = [b for b in view.blocks if b["type"] == "input" and name in _labels(b)]
            if len(blocks) != 1:
                raise LookupError(f"{len(blocks)} inputs are called {name!r}: {view.labels}")
            action_id = blocks[0]["element"]["action_id"]
            block_id = blocks[0]["block_id"]
            self._hands.enter(self.user, view, block_id, action_id, raw)
        return self._top()

    def submits(self) -> dict[str, str] | None:
        """Sends the modal in; the errors by block id (whole modal: ""), None when taken."""
        return self._hands.submit(self.user, self._top())

    def closes(self, *, all_of_them: bool = False) -> None:
        self._hands.close(self.user, self._top(), all_of_them=all_of_them)

    def _top(self) -> View:
        view = self.modal
        if view is None:
            raise LookupError("no modal is open")
        return view

    def opens_home(self, tab: str = "home") -> None:
        """Opens the app's Home tab, or its messages with `tab="messages"`."""
        channel = self._space.im_with(self.id)
        event = payloads.home_opened(self._space, self.id, channel, tab)
        self._courier.event(event, self.id)

    def looks_at(self, channel: str | None) -> None:
        """Looks at a channel (None: at none), the direct message with the app beside it."""
        with self._space.change():
            if channel is None:
                self._space.looking.pop(self.id, None)
            else:
                self._space.looking[self.id] = self._space.channel_named(channel).id
        if self._space.app.is_agent:
            beside = self._space.im_with(self.id)
            event = payloads.context_changed(self._space, self.id, beside)
            self._courier.event(event, self.id)

    # Seeing

    @property
    def beside(self) -> Beside:
        """What the app suggests, does and is about, beside the direct message with it."""
        return self._space.beside.get(self._space.im_with(self.id).id, Beside())

    @property
    def home(self) -> View | None:
        """The Home tab that was published for this person, or None."""
        return self._space.views.homes.get(self.id)

    def sees(self, channel: str | None = None, thread: Message | None = None) -> list[Message]:
        """What is visible to this person in a channel (None: the direct message with the app)
        or in one thread of it, oldest first."""
        if channel is None:
            channel = self._space.im_with(self.id).id
        place = self._space.channel_named(channel)
        if place.is_private and self.id not in place.members:
            raise LookupError(f"no such channel: {channel}")
        visible = self._space.visible_to(self.id, place.id)
        if thread is None:
            return visible
        root = thread.thread_ts or thread.ts
        return [m for m in visible if root in (m.ts, m.thread_ts)]

    def downloads(self, message: Message, name: str) -> bytes:
        """The content of a file in a message, by its name or id. Raises LookupError."""
        if message.ts in (seen.ts for seen in self.sees(message.channel)):
            for file in message.files:
                if name in (file.name, file.id):
                    return file.content
        raise LookupError(f"no such file: {name}")

    def hears(
        self,
        words: str,
        channel: str | None = None,
        thread: Message | None = None,
        *,
        after: Message | None = None,
        seconds: float = PATIENCE,
    ) -> Message:
        """The latest message of the app (or Slackbot) that says `words`, waited for.

        Raises AssertionError with what was seen instead when none comes in time.
        """

        answering = (self._space.app.bot_user_id, SLACKBOT)

        def latest() -> Message | None:
            for message in reversed(self.sees(channel, thread)):
                if after is not None and message.ts <= after.ts:
                    return None
                if message.user in answering and words in message.said:
                    return message
            return None

        def seen() -> str:
            return "\n---\n".join(message.said for message in self.sees(channel, thread)[-5:])

        return self._awaited(latest, seconds, f"{self.user.name} heard no {words!r}", seen)

    def gets_modal(self, title: str = "", *, seconds: float = PATIENCE) -> View:
        """The modal on top once it is open (with this title, if given)."""

        def opened() -> View | None:
            view = self.modal
            return view if view is not None and title in ("", view.title) else None

        return self._awaited(opened, seconds, f"no modal {title!r} opened", lambda: str(self.modal))

    def gets_home(self, words: str = "", *, seconds: float = PATIENCE) -> View:
        """The Home tab once it says `words`."""

        def published() -> View | None:
            view = self.home
            return view if view is not None and words in view.said else None

        return self._awaited(published, seconds, f"no Home with {words!r}", lambda: str(self.home))

    def _awaited(
        self, look: Callable[[], T | None], seconds: float, what: str, seen: Callable[[], str]
    ) -> T:
        found = self._space.wait(look, seconds)
        if found is None:
            raise AssertionError(f"{what} within {seconds:g} s. Seen instead:\n{seen()}")
        return found


def _names(element: Json) -> set[str]:
    words = element.get("text") or element.get("placeholder") or {}
    return {element["action_id"], words.get("text", "")} - {""}


def _labels(block: Json) -> tuple[str, str]:
    return block["label"]["text"], block["block_id"]
