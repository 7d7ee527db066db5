"""What one person sees of the workspace, as the page draws it."""

from typing import Any
from urllib.parse import quote, urlencode

from handlers.playground.double import Beside, Channel, Double, File, Message, View
from handlers.playground.double.workspace import SLACKBOT

Json = dict[str, Any]
MESSAGES = 300
"""The latest messages of a channel that are shown."""


def of(double: Double, who: str, where: str) -> Json:
    """Everything the page needs; unknown people and places fall back to the first there is."""
    space = double.space
    with space.read():
        people = [u for u in space.users.values() if not u.is_bot]
        me = who if who in space.users else next((u.id for u in people if not u.deleted), "")
        channels = [c for c in space.channels.values() if not c.is_im and _seen(c, me)]
        dm = space.im_with(me)
        known = {c.id for c in channels} | {dm.id}
        first = next((c.id for c in channels if me in c.members), dm.id)
        at = where if where in known else first
        return {
            "revision": space.revision,
            "workspace": space.team_name,
            "app": {"id": space.app.bot_user_id, "name": space.app.name},
            "me": me,
            "clock": {"now": space.now().isoformat(), "zone": space.users[me].tz if me else "UTC"},
            "at": at,
            "dm": {"id": dm.id, "latest": _latest(double, me, dm.id)},
            "people": [_person(double, id) for id in space.users if id != SLACKBOT],
            "groups": [{"id": g.id, "handle": g.handle} for g in space.usergroups.values()],
            "channels": [_channel(double, c, me) for c in channels],
            "commands": [
                {"name": c.name, "description": c.description, "hint": c.usage_hint}
                for c in space.app.commands
            ],
            "shortcuts": [
                {"name": one.name, "global": one.is_global} for one in space.app.shortcuts
            ],
            "messages": [_message(double, m, me) for m in space.visible_to(me, at)[-MESSAGES:]],
            "beside": _beside(double, at),
            "modal": _view(space.views.top(me), len(space.views.stacks.get(me, []))),
            "home": _view(space.views.homes.get(me), 1),
            "notices": [
                {"number": n.number, "channel": n.channel, "text": n.text}
                for n in space.notices
                if n.user == me
            ],
            "unacked": len(space.unacked),
        }


def _beside(double: Double, at: str) -> Json:
    """What the app shows beside its direct message with somebody."""
    found = double.space.beside.get(at, Beside())
    waiting = found.loading[0] if found.loading else ""
    return {
        "title": found.title,
        "prompts": [{"title": title, "message": said} for title, said in found.prompts],
        "status": f"{double.space.app.name} {found.status} {waiting}".strip()
        if found.status
        else "",
    }


def file_for(double: Double, who: str, id: str) -> File | None:
    """A file by its id, if this person sees a message with it."""
    space = double.space
    with space.read():
        for channel in space.channels.values():
            if who in space.users and _seen(channel, who):
                for message in space.visible_to(who, channel.id):
                    for file in message.files:
                        if file.id == id:
                            return file
    return None


def _seen(channel: Channel, me: str) -> bool:
    return not channel.is_private or me in channel.members


def _latest(double: Double, me: str, channel: str) -> str:
    """When somebody else last said something there, for the unread mark."""
    others = [m.ts for m in double.space.visible_to(me, channel) if m.user != me]
    return others[-1] if others else ""


def _person(double: Double, id: str) -> Json:
    space = double.space
    user = space.users[id]
    dm = next((c.id for c in space.channels.values() if c.partner == id), "")
    return {
        "id": id,
        "name": user.real_name,
        "handle": user.name,
        "title": user.title,
        "zone": user.tz,
        "dm": dm,
        "latest": _latest(double, id, dm) if dm else "",
        "deleted": user.deleted,
        "admin": user.is_admin or user.is_owner,
        "bot": user.is_bot,
        "guest": user.is_restricted or user.team_id not in ("", space.team_id),
    }


def _channel(double: Double, channel: Channel, me: str) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "private": channel.is_private,
        "shared": channel.is_ext_shared,
        "archived": channel.is_archived,
        "member": me in channel.members,
        "members": len(channel.members),
        "member_ids": sorted(channel.members),
        "topic": channel.topic,
        "latest": _latest(double, me, channel.id),
    }


def _message(double: Double, message: Message, me: str) -> Json:
    key = (message.channel, message.ts, me)
    return {
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": list(message.blocks),
        "thread": message.thread_ts,
        "broadcast": message.broadcast,
        "ephemeral": message.is_ephemeral,
        "edited": message.edited,
        "mrkdwn": message.mrkdwn,
        "reactions": [{"name": name, "users": list(by)} for name, by in message.reactions],
        "values": double.space.message_values.get(key, {}),
        "files": [_file(file, me) for file in message.files],
    }


def _file(file: File, me: str) -> Json:
    query = urlencode({"as": me})
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "size": file.size,
        "type": file.mimetype,
        "url": f"/playground/files/{file.id}/{quote(file.name, safe='')}?{query}",
    }


def _view(view: View | None, depth: int) -> Json | None:
    if view is None:
        return None
    body = view.body
    words: Json = {key: body[key]["text"] for key in ("title", "submit", "close") if key in body}
    return {
        "id": view.id,
        "hash": view.hash,
        "blocks": list(view.blocks),
        "values": view.values,
        "errors": view.errors,
        "trouble": view.trouble,
        "depth": depth,
        **words,
    }
