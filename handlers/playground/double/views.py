"""Modals and Home tabs: the stack of each person, hashes, and what happens to a view."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from handlers.playground.double.blocks import faults_of_view, placed, with_ids
from handlers.playground.double.check import Json
from handlers.playground.double.errors import Refusal
from handlers.playground.double.inputs import initial_value
from handlers.playground.double.model import View
from handlers.playground.double.visible import said

DEPTH = 3
"""A modal and two pushed on top of it."""


class Place(Protocol):
    """What views need of the workspace they stand in."""

    def name_of(self, sigil: str, id: str) -> str: ...
    def change(self) -> AbstractContextManager[None]: ...
    def read(self) -> AbstractContextManager[None]: ...
    def fresh(self, prefix: str) -> str: ...
    def new_ts(self) -> str: ...
    def block_ids(self) -> Iterator[str]: ...


class Views:
    """Every view that stands open, and the only way to change one."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def top(self, user: str) -> View | None:
        with self._place.read():
            stack = self.stacks.get(user)
            return stack[-1] if stack else None

    def find(self, view_id: str) -> View | None:
        with self._place.read():
            return next((view for view in self._all() if view.id == view_id), None)

    def find_external(self, external_id: str) -> View | None:
        with self._place.read():
            named = (v for v in self._all() if v.body.get("external_id") == external_id)
            return next(named, None)

    def _all(self) -> list[View]:
        return [*self.homes.values(), *(view for stack in self.stacks.values() for view in stack)]

    def open(self, user: str, body: object) -> View:
        """A first modal; whatever stood open for this person gives way."""
        sound = self.sound(body, "modal")
        with self._place.change():
            view = self._new(user, sound, previous=None)
            self.stacks[user] = [view]
            return view

    def push(self, user: str, body: object) -> View:
        sound = self.sound(body, "modal")
        with self._place.change():
            stack = self.stacks.get(user, [])
            if not stack:
                raise Refusal("not_found")
            if len(stack) >= DEPTH:
                raise Refusal("push_limit_reached")
            view = self._new(user, sound, previous=stack[-1])
            stack.append(view)
            return view

    def update(self, view: View, body: object, hash: str | None = None) -> View:
        """The view with a new body. What was filled in stays where the ids stay the same."""
        sound = self.sound(body, view.type, allowed=view)
        with self._place.change():
            current = self.find(view.id)
            if current is None:
                raise Refusal("not_found")
            if hash is not None and hash != current.hash:
                raise Refusal("hash_conflict")
            return self._renewed(current, sound)

    def publish(self, user: str, body: object, hash: str | None = None) -> View:
        current = self.homes.get(user)
        sound = self.sound(body, "home", allowed=current)
        with self._place.change():
            if hash is not None and (current is None or hash != current.hash):
                raise Refusal("hash_conflict")
            if current is not None:
                return self._renewed(current, sound)
            self.homes[user] = self._new(user, sound, previous=None)
            return self.homes[user]

    def fill(self, view_id: str, block_id: str, action_id: str, state: Json) -> View:
        """Notes what a person put into one element. Raises LookupError when the view is gone."""
        with self._place.change():
            view = self._standing(view_id)
            block = view.values.get(block_id, {}) | {action_id: state}
            return self._put(replace(view, values=view.values | {block_id: block}))

    def mark(self, view_id: str, errors: dict[str, str], trouble: str = "") -> None:
        """Shows errors under the fields and trouble with the whole, in place of what was there."""
        with self._place.change():
            if self.find(view_id) is not None:
                self._put(replace(self._standing(view_id), errors=errors, trouble=trouble))

    def _standing(self, view_id: str) -> View:
        view = self.find(view_id)
        if view is None:
            raise LookupError("this view is not open any more")
        return view

    def _put(self, view: View) -> View:
        if view.type == "home":
            self.homes[view.user] = view
        stack = self.stacks.get(view.user, [])
        stack[:] = [view if other.id == view.id else other for other in stack]
        return view

    def close(self, view: View) -> None:
        with self._place.change():
            stack = self.stacks.get(view.user, [])
            stack[:] = [other for other in stack if other.id != view.id]

    def clear(self, user: str) -> list[View]:
        """Closes all modals of a person and gives them, the topmost first."""
        with self._place.change():
            return self.stacks.pop(user, [])[::-1]

    def sound(self, body: object, surface: str, allowed: View | None = None) -> Json:
        """The body with all ids. Raises Refusal; `allowed` may keep its own external id."""
        faults = faults_of_view(body, surface)
        if faults or not isinstance(body, dict):
            raise Refusal("invalid_arguments", faults=faults)
        external = body.get("external_id")
        other = self.find_external(external) if external else None
        if other is not None and (allowed is None or other.id != allowed.id):
            raise Refusal("duplicate_external_id")
        return {**body, "blocks": with_ids(body["blocks"], self._place.block_ids())}

    def _new(self, user: str, body: Json, previous: View | None) -> View:
        id = self._place.fresh("V")
        return View(
            id=id,
            user=user,
            body=body,
            hash=self._hash(),
            said=self._said(body),
            root_id=previous.root_id if previous else id,
            previous_id=previous.id if previous else None,
            values=_values(body, {}),
        )

    def _renewed(self, view: View, body: Json) -> View:
        return self._put(
            replace(
                view,
                body=body,
                hash=self._hash(),
                said=self._said(body),
                values=_values(body, view.values),
                errors={},
                trouble="",
            )
        )

    def _hash(self) -> str:
        return f"{self._place.new_ts()}.{self._place.fresh('h')}"

    def _said(self, body: Json) -> str:
        title = body["title"]["text"] + "\n" if "title" in body else ""
        return title + said("", body["blocks"], self._place.name_of)


def _values(body: Json, before: Json) -> Json:
    """State of all inputs: what stood there before, else what the app gave as initial."""
    values: Json = {}
    for block in body["blocks"]:
        for _, element in placed(block):
            start = initial_value(element)
            if start is None:
                continue
            kept = before.get(block["block_id"], {}).get(element["action_id"])
            same = kept is not None and kept["type"] == element["type"]
            values.setdefault(block["block_id"], {})[element["action_id"]] = kept if same else start
    return values
