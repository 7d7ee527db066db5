"""What the page can do in a person's name. Each gives what the page shows, or raises
LookupError, ValueError or TypeError with words for the person."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.playground.double import Double, Message, Person, View

Asked = Mapping[str, Any]
Told = dict[str, Any]


def say(double: Double, asked: Asked) -> Told:
    """Writes a message or, outside threads, runs a slash command."""
    text = str(asked["text"]).strip()
    thread = asked.get("thread")
    who = _person(double, asked)
    if text.startswith("/"):
        if thread:
            command = text.split(" ", maxsplit=1)[0]
            raise ValueError(f"{command} is not supported in threads. Sorry!")
        who.slash(text, str(asked["at"]))
    else:
        who.says(text, str(asked["at"]), str(thread) if thread else None)
    return {}


def act(double: Double, asked: Asked) -> Told:
    """Presses a button or chooses something; in a view, what was filled in goes along."""
    who = _person(double, asked)
    where = _where(double, asked)
    block_id, action_id = str(asked["block"]), str(asked["action"])
    if isinstance(where, View):
        _fill(double, who, where, asked, besides=(block_id, action_id))
    reply = double.hands.act(who.user, where, block_id, action_id, asked.get("value"))
    return {"failure": reply.failure}


def react(double: Double, asked: Asked) -> Told:
    """Reacts to a message, or takes one's own reaction away."""
    who, message = _person(double, asked), _message(double, asked)
    name = str(asked["name"]).strip(":")
    mine = who.id in dict(message.reactions).get(name, ())
    (who.unreacts if mine else who.reacts)(message, name)
    return {}


def pick(double: Double, asked: Asked) -> Told:
    """Picks an entry of a message's menu or, without a message, behind the lightning bolt."""
    message = _message(double, asked) if "ts" in asked else None
    reply = _person(double, asked).picks(str(asked["entry"]), message)
    return {"failure": reply.failure}


def submit(double: Double, asked: Asked) -> Told:
    who = _person(double, asked)
    view = _open_view(double, str(asked["view"]))
    _fill(double, who, view, asked)
    return {"errors": double.hands.submit(who.user, view)}


def close(double: Double, asked: Asked) -> Told:
    who = _person(double, asked)
    view = _open_view(double, str(asked["view"]))
    double.hands.close(who.user, view, all_of_them=bool(asked.get("all")))
    return {}


def home(double: Double, asked: Asked) -> Told:
    """Opens the app's Home tab or, with `tab` "messages", the messages with it, beside the channel
    that is looked at.
    """
    who = _person(double, asked)
    looking = asked.get("looking")
    with double.space.change():
        if looking in double.space.channels:
            double.space.looking[who.id] = str(looking)
    who.opens_home(str(asked.get("tab", "home")))
    return {}


def deactivate(double: Double, asked: Asked) -> Told:
    """Takes somebody's account away, as admins do in Slack, or (`back`) gives it again."""
    user = double.space.user_named(str(asked["as"]))
    if not (user.is_admin or user.is_owner):
        raise ValueError("Only an admin of the workspace can do this.")
    other = double.person(str(asked["person"])).id
    if other == user.id:
        raise ValueError("You cannot take your own account away.")
    double.change_user(other, deleted=not asked.get("back"))
    return {}


def retry(double: Double, asked: Asked) -> Told:
    """Sends again what the app has not taken."""
    failed = [reply for reply in double.retry_events() if reply.failure]
    return {"failed": len(failed)}


def _fill(
    double: Double, who: Person, view: View, asked: Asked, besides: tuple[str, str] = ("", "")
) -> None:
    """Notes what the page says was filled in; for elements that are still there."""
    for block_id, actions in asked.get("values", {}).items():
        for action_id, raw in actions.items():
            if (block_id, action_id) != besides and action_id in view.values.get(block_id, {}):
                double.hands.note(view, block_id, action_id, raw)


def _person(double: Double, asked: Asked) -> Person:
    return double.person(str(asked["as"]))


def _where(double: Double, asked: Asked) -> Message | View:
    if "view" in asked:
        return _open_view(double, str(asked["view"]))
    return _message(double, asked)


def _message(double: Double, asked: Asked) -> Message:
    message = double.space.message(str(asked["channel"]), str(asked["ts"]))
    if message is None:
        raise LookupError("This message is not there any more.")
    return message


def _open_view(double: Double, id: str) -> View:
    view = double.space.views.find(id)
    if view is None:
        raise LookupError("This window is not open any more.")
    return view


Deed = Callable[[Double, Asked], Told]
DEEDS: dict[str, Deed] = {
    "say": say,
    "act": act,
    "react": react,
    "pick": pick,
    "submit": submit,
    "close": close,
    "home": home,
    "deactivate": deactivate,
    "retry": retry,
}
