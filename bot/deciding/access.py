"""Deciding who may do what."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.changes import (
    GlassBroken,
    GrantChanged,
    HoldChanged,
    MessagesRetried,
    PrivacyChanged,
    SettingChanged,
    SharedChannelOpened,
    TitlesAllowed,
)
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import checked_text
from bot.errors import BadInput, Refused, Why
from bot.people import Person
from bot.project import Channel, Holder, PersonHolder, Project
from bot.rights import Role
from bot.workspace_settings import RegionSetting, Setting, Value, WorkspaceSettings

GLASS_LASTS = timedelta(hours=1)
LONGEST_REASON = 300


def grant(project: Project, person: Person, role: Role | None) -> GrantChanged:
    """Let somebody be a viewer or an editor of a project, or (None) neither.

    Raises `Refused` for a bot, for somebody who has left, for the lead, who may do all of it, and
    where nothing would change.
    """
    refuse_archived(project)
    if person.is_bot:
        raise Refused(Why.HOLDER_IS_BOT, {"name": person.name}, field="person")
    if not person.active and role is not None:
        left = person.left_on.isoformat() if person.left_on else ""
        raise Refused(Why.HOLDER_LEFT, {"name": person.name, "on": left}, field="person")
    if person.id == project.lead:
        raise Refused(
            Why.LEADS_ANYWAY, {"name": person.name, "project": project.name}, field="person"
        )
    before = granted(project, person.id)
    if before is role:
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
    return GrantChanged(project.id, person.id, before, role)


def granted(project: Project, person: int) -> Role | None:
    """The role that somebody was given in a project; its members are editors."""
    return project.grants.get(person, Role.EDITOR if person in project.members else None)


def set_privacy(project: Project, *, private: bool, key: str) -> PrivacyChanged:
    """Make a project private (its `key` is what nobody can guess from then on), or public."""
    refuse_archived(project)
    if project.private is private:
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
    return PrivacyChanged(project.id, private, key if private else "")


def allow_titles(project: Project, *, allowed: bool) -> TitlesAllowed:
    """Let titles of what is in private repositories stand wherever the project does, or no more."""
    refuse_archived(project)
    if project.shows_titles is allowed:
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
    return TitlesAllowed(project.id, allowed)


def break_glass(project: Project, person: Person, reason: str, now: datetime) -> GlassBroken:
    """Let an admin look into a project for an hour, for a reason."""
    if not reason.strip():
        raise BadInput(Why.EMPTY_TEXT, {"field": "glass"}, field="reason")
    reason = checked_text(reason, LONGEST_REASON, "reason")
    return GlassBroken(project.id, person.id, reason, now + GLASS_LASTS)


def set_one(
    settings: WorkspaceSettings, setting: Setting | RegionSetting, value: Value
) -> SettingChanged:
    before: Value = getattr(settings, setting.name)
    if before == value:
        raise Refused(Why.NOTHING_CHANGES, {"item": setting.words})
    return SettingChanged(setting.name, before, value)


def open_shared(channel: Channel, *, is_open: bool, opened: bool) -> SharedChannelOpened:
    if is_open is opened:
        raise Refused(Why.NOTHING_CHANGES, {"item": channel.words})
    return SharedChannelOpened(channel, opened)


def hold(now: datetime) -> HoldChanged:
    return HoldChanged(None, now)


def resume(held_since: datetime | None) -> HoldChanged:
    if held_since is None:
        raise Refused(Why.NOT_HELD_BACK)
    return HoldChanged(held_since, None)


def retry_messages(given_up: Sequence[int], message: int | None) -> MessagesRetried:
    """Send one of these once more, or (None) all of them."""
    if not given_up:
        raise Refused(Why.NOTHING_GIVEN_UP)
    if message is None:
        return MessagesRetried(tuple(sorted(given_up)))
    if message not in given_up:
        raise Refused(Why.NOT_GIVEN_UP, {"message": str(message)}, field="message")
    return MessagesRetried((message,))


def refuse_outsider(project: Project, holder: Holder, people: Mapping[int, Person]) -> None:
    """Raise `Refused` for somebody who could not see what they would hold a letter in; who works
    elsewhere sees nothing here anyway.
    """
    if not isinstance(holder, PersonHolder) or people[holder.person].is_outside:
        return
    if not project.visible_to(holder.person):
        facts = {"name": people[holder.person].name, "project": project.name}
        raise Refused(Why.HOLDER_OUTSIDE, facts, field="holder")
