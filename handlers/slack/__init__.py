"""What Charter says to Slack, all of it over one keep-alive client."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from slack_sdk.errors import SlackApiError

from bot.errors import NotFound, Refused, Why
from bot.people import Profile
from bot.project import Group
from handlers.slack.aside import Aside
from handlers.slack.client import LIMITS, LONGEST_WAIT, TIMEOUT, SlackClient, trusted
from handlers.slack.installed import Installation, Installed
from handlers.slack.standing import Granted, granted_by, objections
from handlers.slack.told import (
    OUT_OF_REACH,
    UNTOLD,
    as_json,
    log,
    peace_until,
    profile_of,
    reaching,
    readers_of,
    refused_token,
    said,
    tell_bad_blocks,
    unread,
    versions,
)
from handlers.views.kit import Message

__all__ = [
    "LONGEST_WAIT",
    "Installation",
    "Installed",
    "OpenView",
    "Slack",
    "SlackClient",
    "profile_of",
    "refused_token",
]


DEAD_TRIGGERS = frozenset({"expired_trigger_id", "exchanged_trigger_id"})
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between looks for a view that Slack is opening."""

MOST_PAGES = 40
UNLISTED = frozenset({"missing_scope", "paid_teams_only", "permission_denied"})
"""Why there are no user groups for Charter: no scope, no such plan of Slack's, no leave."""
FEW_USERS = 10
"""Users that are asked for one by one."""
PAGE = 500
"""Users told in one answer: Slack lets few such questions be asked in a minute."""


@dataclass(frozen=True, slots=True)
class OpenView:
    """A view that stands open; `hash` guards an update against views that changed meanwhile."""

    id: str
    hash: str | None


class Slack:
    """Everything Charter says to Slack. Raises `Unavailable("Slack")` where Slack is away."""

    def __init__(self, client: SlackClient, *, owns_connections: bool = True) -> None:
        self.client = client
        self.aside = Aside(client)
        self._owns_connections = owns_connections

    @classmethod
    def reach(cls, token: str, base_url: str) -> "Slack":
        """A `Slack` with a connection pool of its own; `close()` gives the connections back."""
        tls = trusted()
        http = httpx.Client(verify=tls, timeout=TIMEOUT, limits=LIMITS)
        return cls(SlackClient(token, base_url, http, tls))

    def beside(self, token: str) -> "Slack":
        """Slack with another token, over the same connections."""
        return Slack(self.client.beside(token), owns_connections=False)

    def leave(self) -> None:
        """Say nothing more beside conversations; what is under way may end by itself."""
        self.aside.close(wait=False)

    def close(self) -> None:
        self.aside.close()
        if self._owns_connections:
            self.client.http.close()

    def installation(self) -> Installation:
        """Who this token belongs to (auth.test). Raises `BadSettings` where Slack refuses it."""
        with reaching():
            try:
                told = self.client.auth_test()
            except SlackApiError as error:
                raise refused_token("SLACK_BOT_TOKEN", error) from error
        return Installation(
            team=str(told["team_id"]),
            enterprise=told.get("enterprise_id"),
            team_name=str(told.get("team") or ""),
            bot_user=str(told["user_id"]),
            bot=told.get("bot_id"),
            url=str(told.get("url") or ""),
        )

    def granted(self) -> Granted:
        """What this token may do, and what time it is there."""
        with reaching():
            return granted_by(self.client.auth_test().headers)

    def objections(self, what: Mapping[str, Any]) -> list[str] | None:
        """What Slack objects to in a message's blocks or a view; None where it does not say."""
        with reaching():
            return objections(self.client, what)

    def opens_socket(self, app_token: str) -> None:
        """Raise `BadSettings` where Slack refuses a Socket Mode connection to this token."""
        with reaching():
            try:
                self.client.apps_connections_open(app_token=app_token)
            except SlackApiError as error:
                raise refused_token("SLACK_APP_TOKEN", error) from error

    def post(
        self, channel: str, message: Message, thread_ts: str | None = None
    ) -> Mapping[str, Any]:
        """Post where everybody sees it; a user's id as `channel` is their DM with Charter.

        Gives what Slack answers: `channel` and `ts` tell where it stands.
        """
        return self._say(
            "chat.postMessage",
            message,
            channel=channel,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
        )

    def edit(self, channel: str, ts: str, message: Message) -> None:
        """Put another message in the place of one that was posted."""
        self._say("chat.update", message, channel=channel, ts=ts)

    def posts(self, channel: str, message: Message, thread_ts: str | None = None) -> bool:
        """Post; False where Charter is no member, or the channel is archived."""
        return not self.refused(channel, message, thread_ts)

    def refused(self, channel: str, message: Message, thread_ts: str | None = None) -> str:
        """Post; where Charter is no member, or the channel is archived, why not in Slack's word."""
        try:
            self.post(channel, message, thread_ts)
        except SlackApiError as error:
            reason = str(error.response["error"])
            if reason not in OUT_OF_REACH:
                raise
            return reason
        return ""

    def said(self, channel: str, ts: str) -> Mapping[str, Any]:
        """One message, by one bounded read: in a thread, its first comes along.

        `Refused` where no scope lets Charter read it, `NotFound` where it is gone.
        """
        with reaching():
            try:
                told = self.client.conversations_replies(
                    channel=channel, ts=ts, oldest=ts, latest=ts, inclusive=True, limit=2
                )
            except SlackApiError as error:
                raise unread(error) from None
        messages: list[Mapping[str, Any]] = told["messages"]
        found = next((one for one in messages if one["ts"] == ts), None)
        if found is None:
            raise NotFound("message", ts)
        return found

    def whisper(
        self, channel: str, user: str, message: Message, thread_ts: str | None = None
    ) -> None:
        """Say it to one person where they are; where Charter is no member, in their DM."""
        try:
            self._say(
                "chat.postEphemeral", message, channel=channel, user=user, thread_ts=thread_ts
            )
        except SlackApiError as error:
            if error.response["error"] not in OUT_OF_REACH:
                raise
            self.post(user, message)

    def _say(self, method: str, message: Message, **where: Any) -> Mapping[str, Any]:
        place = {key: value for key, value in where.items() if value is not None}
        with reaching():
            told = said(self.client, method, message, place)
        return told.data if isinstance(told.data, dict) else {}

    def respond(
        self,
        response_url: str,
        message: Message,
        thread_ts: str | None = None,
        *,
        replace: bool = False,
    ) -> bool:
        """Answer a command or a button: to the person alone, or in place of the button's message.

        False where Slack takes it no longer (after 30 minutes, or five times).
        """
        where: dict[str, Any] = {"replace_original": True}
        if not replace:
            where = {"response_type": "ephemeral"}
            where |= {"thread_ts": thread_ts} if thread_ts else {}
        for words in versions(message):
            reply = self._respond(response_url, where | words)
            if reply.is_success or "invalid_blocks" not in reply.text:
                return _accepted(reply)
            tell_bad_blocks("response_url", as_json(reply))
        return False

    def erase(self, response_url: str) -> bool:
        """Take away the message whose button was pressed."""
        return _accepted(self._respond(response_url, {"delete_original": True}))

    def _respond(self, response_url: str, payload: dict[str, Any]) -> httpx.Response:
        with reaching():
            return self.client.http.post(response_url, json=payload)

    def open(self, trigger_id: str, view: dict[str, Any]) -> OpenView:
        """Open a modal. `Refused` where the trigger is older than its three seconds."""
        with reaching():
            try:
                return _opened(self.client.views_open(trigger_id=trigger_id, view=view)["view"])
            except SlackApiError as error:
                if error.response["error"] not in DEAD_TRIGGERS:
                    raise
                raise Refused(Why.FORM_LATE) from None

    def update(self, opened: OpenView, view: dict[str, Any]) -> bool:
        """Put another view in its place; False where it was closed or changed in between."""
        with reaching():
            try:
                self.client.views_update(view_id=opened.id, hash=opened.hash, view=view)
            except SlackApiError as error:
                if error.response["error"] not in ("hash_conflict", "not_found"):
                    raise
                return False
        return True

    def settle(self, name: str, view: dict[str, Any]) -> bool:
        """Put another view in the place of the one of this name, which a form was answered with

        just now: Slack may still be on its way to open it. False where it never comes.
        """
        for pause in (*PAUSES, None):
            with reaching():
                try:
                    self.client.views_update(external_id=name, view=view)
                    return True
                except SlackApiError as error:
                    if error.response["error"] != "not_found":
                        raise
            if pause is not None:
                time.sleep(pause)
        return False

    def publish(self, user: str, view: dict[str, Any]) -> str:
        """Show this Home to a user; gives Slack's mark of it."""
        with reaching():
            told = self.client.views_publish(user_id=user, view=view)
        return str((told.get("view") or {}).get("hash") or "")

    def profile(self, slack_id: str) -> Profile:
        """One user. Raises `NotFound`, and `Refused` for somebody of another organisation."""
        with reaching():
            try:
                told = self.client.users_info(user=slack_id)["user"]
            except SlackApiError as error:
                if error.response["error"] not in ("user_not_found", "user_not_visible"):
                    raise
                raise NotFound("person", f"<@{slack_id}>") from None
        if told.get("is_stranger"):
            raise Refused(Why.STRANGER, {"name": profile_of(told).name}, field="holder")
        return profile_of(told)

    def quiet_until(self, slack_id: str, now: datetime) -> datetime | None:
        """Until when somebody wants no notifications; None where they take them, and where Slack
        does not tell: the scope for it may be declined.
        """
        with reaching():
            try:
                told = self.client.dnd_info(user=slack_id)
            except SlackApiError as error:
                if error.response["error"] not in UNTOLD:
                    raise
                return None
        return peace_until(told, now)

    def everyone(self) -> tuple[Profile, ...]:
        """All users of the own organisation, those who were deactivated too; page by page."""
        found: list[Profile] = []
        cursor = ""
        with reaching():
            while True:
                told = self.client.users_list(limit=PAGE, cursor=cursor)
                found += [profile_of(one) for one in told["members"] if not one.get("is_stranger")]
                cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    return tuple(found)

    def members(self, slack_id: str) -> frozenset[str]:
        """Who is in a channel; of a vast one, the first of them. `Refused` where Slack hides it."""
        found: set[str] = set()
        cursor = ""
        with reaching():
            try:
                for _ in range(MOST_PAGES):
                    told = self.client.conversations_members(
                        channel=slack_id, limit=PAGE, cursor=cursor
                    )
                    found.update(told["members"])
                    cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
                    if not cursor:
                        break
            except SlackApiError as error:
                if error.response["error"] not in OUT_OF_REACH:
                    raise
                raise Refused(Why.CHANNEL_UNREADABLE) from None
        return frozenset(found)

    def has_guests(self, users: Collection[str]) -> bool:
        """Whether one of these is a guest; of many, all users are asked for at once."""
        if len(users) > FEW_USERS:
            return any(one.is_guest for one in self.everyone() if one.slack_id in users)
        for user in sorted(users):
            try:
                if self.profile(user).is_guest:
                    return True
            except (NotFound, Refused):
                continue  # gone, or of another organisation: such channels are told nothing
        return False

    def user_groups(self) -> dict[Group, frozenset[str]]:
        """The user groups in use, and who is in each; none where Slack hides them."""
        with reaching():
            try:
                told = self.client.usergroups_list(include_users=True)
            except SlackApiError as error:
                if error.response["error"] not in UNLISTED:
                    raise
                return {}
        return {
            Group(str(one["id"]), str(one["handle"])): frozenset(one.get("users") or ())
            for one in told["usergroups"]
            if not one.get("date_delete")
        }

    def channel(self, slack_id: str) -> tuple[str, bool, bool]:
        """A channel's name, whether it is private, and whether another organisation shares it.

        `Refused` where Charter cannot look: a private channel it was not invited to.
        """
        with reaching():
            try:
                told = self.client.conversations_info(channel=slack_id)["channel"]
            except SlackApiError as error:
                if error.response["error"] not in OUT_OF_REACH:
                    raise
                raise Refused(Why.CHANNEL_UNREADABLE) from None
        private, shared = readers_of(told)
        return str(told.get("name") or ""), private, shared


def _accepted(reply: httpx.Response) -> bool:
    told = as_json(reply)
    accepted = reply.is_success and not (isinstance(told, dict) and told.get("ok") is False)
    if not accepted:
        error = told.get("error", "") if isinstance(told, dict) else ""
        log.warning("response_url_refused", status=reply.status_code, error=error)
    return accepted


def _opened(view: dict[str, Any]) -> OpenView:
    return OpenView(id=str(view["id"]), hash=view.get("hash"))
