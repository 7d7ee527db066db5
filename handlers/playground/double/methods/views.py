"""views.open, views.update and views.publish."""

import json

from handlers.playground.double import shown
from handlers.playground.double.check import Json
from handlers.playground.double.errors import Refusal
from handlers.playground.double.methods.method import Method, words
from handlers.playground.double.workspace import Workspace

VIEW_BYTES = 250_000


def _view(args: Json) -> object:
    view: object = args["view"]
    if len(json.dumps(view)) > VIEW_BYTES:
        raise Refusal("view_too_large")
    return view


def open_view(space: Workspace, args: Json) -> Json:
    # The view is looked at first: a trigger is not spent on one that is refused.
    view = _view(args)
    space.views.sound(view, "modal")
    user = space.tickets.exchange(words(args, "trigger_id"))
    return {"view": shown.view(space, space.views.open(user, view))}


def update_view(space: Workspace, args: Json) -> Json:
    by_id, by_name = words(args, "view_id"), words(args, "external_id")
    if bool(by_id) == bool(by_name):
        raise Refusal("invalid_arguments")
    view = space.views.find(by_id) if by_id else space.views.find_external(by_name)
    if view is None:
        raise Refusal("not_found")
    updated = space.views.update(view, _view(args), words(args, "hash") or None)
    return {"view": shown.view(space, updated)}


def publish_view(space: Workspace, args: Json) -> Json:
    user = space.users.get(words(args, "user_id"))
    if user is None or user.deleted:
        raise Refusal("user_not_found")
    view = space.views.publish(user.id, _view(args), words(args, "hash") or None)
    return {"view": shown.view(space, view)}


METHODS = {
    "views.open": Method(
        open_view, frozenset({"trigger_id", "view"}), required=("trigger_id", "view")
    ),
    "views.update": Method(
        update_view, frozenset({"view_id", "external_id", "view", "hash"}), required=("view",)
    ),
    "views.publish": Method(
        publish_view, frozenset({"user_id", "view", "hash"}), required=("user_id", "view")
    ),
}
