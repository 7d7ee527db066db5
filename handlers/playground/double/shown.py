"""People, channels, messages and views as Slack writes them into answers and payloads."""

from urllib.parse import quote
from zoneinfo import ZoneInfo

from handlers.playground.double.check import Json
from handlers.playground.double.model import Channel, File, Message, User, View
from handlers.playground.double.workspace import Workspace


def user(space: Workspace, who: User) -> Json:
    """A user object. As in Slack, one who was deactivated has no zone and no roles any more, and
    addresses are for apps that were granted a scope of its own.
    """
    first, _, last = who.real_name.partition(" ")
    shown: Json = {
        "id": who.id,
        "team_id": who.team_id or space.team_id,
        "name": who.name,
        "deleted": who.deleted,
        "profile": {
            "real_name": who.real_name,
            "real_name_normalized": who.real_name,
            "display_name": who.name,
            "display_name_normalized": who.name,
            "first_name": first,
            "last_name": last,
            "title": who.title,
            "team": who.team_id or space.team_id,
            "status_text": who.status_text,
            "status_emoji": who.status_emoji,
            "status_expiration": who.status_expiration,
        },
        "is_bot": who.is_bot,
        "is_app_user": False,
        "updated": int(space.now().timestamp()),
    }
    if who.email and "users:read.email" in space.app.scopes:
        shown["profile"]["email"] = who.email
    if who.deleted:
        return shown
    zone = ZoneInfo(who.tz)
    offset = space.now().astimezone(zone).utcoffset()
    return {
        **shown,
        "real_name": who.real_name,
        "tz": who.tz,
        "tz_label": space.now().astimezone(zone).tzname() or who.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": who.is_admin or who.is_owner,
        "is_owner": who.is_owner,
        "is_primary_owner": False,
        "is_restricted": who.is_restricted,
        "is_ultra_restricted": False,
        "is_stranger": _is_stranger(space, who),
    }


def _is_stranger(space: Workspace, who: User) -> bool:
    """Whether the app meets them nowhere: who is in a channel with it that two organisations share
    is none, though they belong to the other one.
    """
    is_foreign = bool(who.team_id) and who.team_id != space.team_id
    with_app = {who.id, space.app.bot_user_id}
    shared = (place for place in space.channels.values() if place.is_ext_shared)
    return is_foreign and not any(with_app <= place.members for place in shared)


def channel(space: Workspace, place: Channel) -> Json:
    if place.is_im:
        return {
            "id": place.id,
            "is_im": True,
            "is_archived": False,
            "is_org_shared": False,
            "user": place.partner,
            "context_team_id": space.team_id,
        }
    return {
        "id": place.id,
        "name": place.name,
        "name_normalized": place.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": place.is_private,
        "is_archived": place.is_archived,
        "is_shared": place.is_ext_shared,
        "is_ext_shared": place.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "is_general": False,
        "is_member": space.app.bot_user_id in place.members,
        "context_team_id": space.team_id,
    }


def file(space: Workspace, shared: File, owner: str) -> Json:
    return {
        "id": shared.id,
        "created": shared.created,
        "timestamp": shared.created,
        "name": shared.name,
        "title": shared.title,
        "mimetype": shared.mimetype,
        "filetype": shared.name.rpartition(".")[2],
        "size": shared.size,
        "user": owner,
        "user_team": space.team_id,
        "mode": "hosted",
        "is_external": False,
        "url_private": f"{space.base_url}/files-pri/{shared.id}/{quote(shared.name)}",
        "url_private_download": f"{space.base_url}/files-pri/{shared.id}/{quote(shared.name)}",
    }


def message(space: Workspace, said: Message) -> Json:
    shown: Json = {
        "type": "message",
        "user": said.user,
        "ts": said.ts,
        "text": said.text,
        "team": space.team_id,
    }
    if said.bot_id:
        shown |= {"bot_id": said.bot_id, "app_id": space.app.id}
    if said.blocks:
        shown["blocks"] = list(said.blocks)
    if said.thread_ts:
        shown["thread_ts"] = said.thread_ts
    if said.metadata is not None:
        shown["metadata"] = said.metadata
    if said.files:
        shown["files"] = [file(space, one, said.user) for one in said.files]
    if said.reactions:
        shown["reactions"] = [
            {"name": name, "users": list(by), "count": len(by)} for name, by in said.reactions
        ]
    if said.edited:
        shown["edited"] = {"user": said.user, "ts": said.ts}
    return shown


def view(space: Workspace, open_view: View) -> Json:
    body = open_view.body
    shown: Json = {
        "id": open_view.id,
        "team_id": space.team_id,
        "type": open_view.type,
        "blocks": list(open_view.blocks),
        "private_metadata": open_view.private_metadata,
        "callback_id": open_view.callback_id,
        "external_id": body.get("external_id", ""),
        "state": {"values": open_view.values},
        "hash": open_view.hash,
        "title": body.get("title", {"type": "plain_text", "text": "View Title"}),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "previous_view_id": open_view.previous_id,
        "root_view_id": open_view.root_id,
        "app_id": space.app.id,
        "app_installed_team_id": space.team_id,
        "bot_id": space.app.bot_id,
    }
    return shown
