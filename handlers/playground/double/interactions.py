"""What a person does with blocks and modals, and what Slack makes of the app's answer."""

from handlers.playground.double import payloads
from handlers.playground.double.blocks import placed
from handlers.playground.double.check import Json
from handlers.playground.double.courier import Courier, Reply
from handlers.playground.double.errors import Refusal
from handlers.playground.double.inputs import Raw, entered, initial_value, rated, shortcoming
from handlers.playground.double.model import Message, User, View
from handlers.playground.double.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


class Interactions:
    """Presses, choices, submissions and closings, delivered to the app."""

    def __init__(self, space: Workspace, courier: Courier) -> None:
        self._space = space
        self._courier = courier

    # Elements

    def act(
        self, who: User, where: Message | View, block_id: str, action_id: str, raw: Raw = None
    ) -> Reply:
        """Uses one element; `raw` is what was chosen or entered, None for a button.

        Raises LookupError when the element is not there (any more), ValueError when it does
        not offer `raw`.
        """
        current = self.current(where)
        element = element_of(current.blocks, block_id, action_id)
        action: Json = {
            "action_id": action_id,
            "block_id": block_id,
            "type": element["type"],
            "action_ts": self._space.new_ts(),
        }
        if element["type"] == "feedback_buttons":
            action |= rated(element, raw)
        elif element["type"] == "button":
            action |= {key: element[key] for key in ("text", "value", "style") if key in element}
        else:
            state = entered(element, raw, self.find)
            action |= state
            if initial_value(element) is not None:
                self._remember(who, current, block_id, action_id, state)
        reply = self._courier.deliver(
            "interactive", self._pressed(who, where, action), action_id, who.id
        )
        if reply.failure:
            place = where.channel if isinstance(where, Message) else None
            words = f"{self._space.app.name} did not respond ({reply.failure})."
            self._space.tell(who.id, place, words)
        return reply

    def _pressed(self, who: User, where: Message | View, action: Json) -> Json:
        current = self.current(where)
        if isinstance(current, View):
            return payloads.pressed_in_view(self._space, who, current, action)
        return payloads.pressed_in_message(self._space, who, current, action)

    def _remember(
        self, who: User, where: Message | View, block_id: str, action_id: str, state: Json
    ) -> None:
        if isinstance(where, View):
            self._space.views.fill(where.id, block_id, action_id, state)
            return
        key = (where.channel, where.ts, who.id)
        with self._space.change():
            values = self._space.message_values.setdefault(key, {})
            values.setdefault(block_id, {})[action_id] = state

    def enter(self, who: User, view: View, block_id: str, action_id: str, raw: Raw) -> None:
        """Fills one input of a view; the app hears of it only if the block dispatches."""
        block = next(b for b in self.current(view).blocks if b["block_id"] == block_id)
        if block.get("dispatch_action"):
            self.act(who, view, block_id, action_id, raw)
        else:
            self.note(view, block_id, action_id, raw)

    def note(self, view: View, block_id: str, action_id: str, raw: Raw) -> None:
        """Keeps what was entered until the modal is sent in or something in it is pressed."""
        element = element_of(self.current(view).blocks, block_id, action_id)
        self._space.views.fill(view.id, block_id, action_id, entered(element, raw, self.find))

    def find(self, kind: str, name: str) -> str:
        if kind == "user":
            return self._space.user_named(name).id
        return self._space.channel_named(name).id

    def current(self, where: Message | View) -> Message | View:
        """A message or view as it stands now. Raises LookupError when it is gone."""
        found = (
            self._space.views.find(where.id)
            if isinstance(where, View)
            else self._space.message(where.channel, where.ts)
        )
        if found is None:
            kind = "view" if isinstance(where, View) else "message"
            raise LookupError(f"this {kind} is not there any more")
        return found

    # Modals

    def submit(self, who: User, view: View) -> dict[str, str] | None:
        """Sends a modal in. Gives what is shown under the fields, by block id, or None when it
        was taken; under "" stands what went wrong with the whole."""
        current = self.current(view)
        if not isinstance(current, View) or "submit" not in current.body:
            raise LookupError("this view has nothing to submit")
        missing = _shortcomings(current)
        if missing:
            self._space.views.mark(view.id, missing)
            return missing
        self._space.views.mark(view.id, {})
        payload = payloads.submitted(self._space, who, current)
        reply = self._courier.deliver("interactive", payload, current.callback_id, who.id)
        if reply.failure:
            return self._trouble(current, reply.failure)
        try:
            return self._follow(current, reply.body)
        except Refusal as refusal:
            for fault in refusal.faults or (refusal.error,):
                self._problem(f"view_submission: {fault}")
            return self._trouble(current, refusal.error)

    def _follow(self, view: View, body: Json | str | None) -> dict[str, str] | None:
        """Does what the answer to a submission says; without a word the modal closes."""
        views = self._space.views
        if not body:
            views.close(view)
            return None
        action = body.get("response_action") if isinstance(body, dict) else None
        known = {
            "errors": {"response_action", "errors"},
            "update": {"response_action", "view"},
            "push": {"response_action", "view"},
            "clear": {"response_action"},
        }
        if not isinstance(body, dict) or action not in known or set(body) != known[action]:
            raise Refusal("invalid_response_action")
        if action == "errors":
            return self._show(view, body["errors"])
        if action == "update":
            views.update(view, body["view"])
        elif action == "push":
            views.push(view.user, body["view"])
        else:
            views.clear(view.user)
        return None

    def _show(self, view: View, errors: object) -> dict[str, str]:
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors:
            raise Refusal("invalid_errors")
        for block_id, words in errors.items():
            if block_id not in inputs or not isinstance(words, str) or not words:
                raise Refusal(
                    "invalid_errors", faults=[f"no input to show an error under: {block_id}"]
                )
        self._space.views.mark(view.id, dict(errors))
        return dict(errors)

    def _trouble(self, view: View, why: str) -> dict[str, str]:
        self._space.views.mark(view.id, {}, TROUBLE)
        self._space.tell(view.user, None, f"{self._space.app.name}: {why}")
        return {"": TROUBLE}

    def _problem(self, words: str) -> None:
        with self._space.change():
            self._space.problems.append(words)

    def close(self, who: User, view: View, *, all_of_them: bool = False) -> None:
        """Closes the modal on top, or all; the app hears of those that ask for it."""
        cleared = all_of_them or bool(view.body.get("clear_on_close"))
        if cleared:
            gone = self._space.views.clear(who.id)
        else:
            gone = [view]
            self._space.views.close(view)
        for one in gone:
            if one.body.get("notify_on_close"):
                payload = payloads.closed(self._space, who, one, cleared=cleared)
                self._courier.deliver("interactive", payload, one.callback_id, who.id)


def element_of(blocks: tuple[Json, ...], block_id: str, action_id: str) -> Json:
    """The element with these ids. Raises LookupError."""
    for block in blocks:
        if block["block_id"] == block_id:
            for _, element in placed(block):
                if element["action_id"] == action_id:
                    return element
    raise LookupError(f"there is no {action_id} in block {block_id}")


def _shortcomings(view: View) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] == "input":
            state = view.values.get(block["block_id"], {}).get(block["element"]["action_id"])
            words = shortcoming(block, state)
            if words:
                found[block["block_id"]] = words
    return found
