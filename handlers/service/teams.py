"""Which user group's own standup is meant, and how one begins: see `bot.teams`.

Like a project, a team is there for those alone who may know of it: of a private one, whoever is in
its channel.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from bot import sight, teams
from bot.errors import Ambiguous, NotFound, Refused, Why
from bot.outcome import Place
from bot.project import Channel, Group, Project
from bot.sight import Sight
from bot.spelling import folded
from handlers.service import references
from handlers.service.known import Known
from handlers.service.references import Desk
from storage import directory, ledger, projects, standups, user_groups
from storage.database import plainly
from storage.tables import BindingRow, ChannelRow, ProjectRow, columns


def meant(desk: Desk, ref: str | None, *, begins: bool = False) -> Project | None:
    """The team that a reference (None: the place) means; None where a project is meant.

    Where one may begin (`begins`), that may be one that does not stand yet. `Refused` for a user
    group that is none, or has no standup; `Ambiguous` where it has several.
    """
    if ref is None:
        return _of_place(desk)
    if found := teams.parts(ref):
        return _keyed(desk, ref, *found, begins=begins)
    if not teams.is_named(ref):
        return None
    try:
        group = references.user_group(desk, ref)
    except Refused:
        if any(desk.sees(key) for key in desk.facts.by_spelling.get(folded(ref), ())):
            return None
        raise
    return _of_group(desk, group, begins=begins)


def visible(desk: Desk) -> Iterator[Known]:
    """The teams that the actor may know of, whether they have a standup still or not."""
    person, place = desk.actor.person, desk.place
    return (
        known
        for known in desk.facts.teams.values()
        if person is None or sight.admits_in(known, person.id, place)
    )


def of_group(desk: Desk, ref: str) -> tuple[Known, ...]:
    """The teams of a user group that the actor may know of; none where it is no user group."""
    try:
        group = references.user_group(desk, ref).slack_id
    except Refused:
        return ()
    return tuple(one for one in visible(desk) if one.group == group)


def here(desk: Desk) -> list[Known]:
    """The teams that the place is the channel of, where it is no project's; oldest first."""
    place = desk.place
    bound = desk.facts.by_channel.get(place.channel or "", ())
    if any(desk.sees(key) and not desk.facts.projects[key].archived for key in bound):
        return []
    return [one for one in visible(desk) if _is_in(one, place)]


def is_free(desk: Desk, ref: str | None) -> bool:
    """Whether the place is a channel without a project and without a standup, where no team is
    named, and there is a user group that could have one there.
    """
    place = desk.place
    bound = desk.facts.by_channel.get(place.channel or "", ())
    if ref is not None or place.channel is None or place.is_direct:
        return False
    if any(desk.sees(key) for key in bound) or _standing(desk, here(desk)):
        return False
    return bool(user_groups.known(desk.session, desk.facts.workspace))


def sight_of(desk: Desk, project: Project) -> Sight:
    """What the actor sees of a project, or of a team: who stands in its channel is in it."""
    if project.group is None:
        return desk.sight(project.id)
    person, place = desk.actor.person, desk.place
    is_there = not place.is_shared and place.channel in project.own_channels
    sees = person is None or is_there or project.visible_to(person.id)
    return Sight.PLAIN if sees else Sight.NOTHING


def _of_place(desk: Desk) -> Project | None:
    found = _standing(desk, here(desk))
    if len(found) > 1:
        raise Ambiguous("project", "", tuple((one.name, one.key) for one in found))
    return _read(desk, found[0]) if found else None


def _keyed(desk: Desk, ref: str, group: str, channel: str, *, begins: bool) -> Project:
    """The team of a key. Where one may begin, the one that goes with how its channel is by now."""
    if not begins:
        known = next((one for one in visible(desk) if one.key == ref), None)
        if known is None:
            raise NotFound("standup", "")
        return _read(desk, known)
    place = desk.place
    if place.channel != channel:
        found = directory.place(desk.session, desk.facts.workspace, channel)
        if found is None or not _stands_in(desk, found):
            raise Refused(Why.TEAM_NOWHERE)
        place = found
    known = next((one for one in visible(desk) if one.group == group and _is_in(one, place)), None)
    if known is not None:
        return _read(desk, known)
    return _new(desk, references.user_group(desk, group), place)


def _of_group(desk: Desk, group: Group, *, begins: bool) -> Project:
    """The team of a user group here, else the only one that there is."""
    own = [one for one in visible(desk) if one.group == group.slack_id]
    place = desk.place
    known = next((one for one in own if _is_in(one, place)), None)
    if known is not None:
        return _read(desk, known)
    is_channel = place.channel is not None and not place.is_direct
    if begins and is_channel:
        return _new(desk, group, place)
    found = _standing(desk, own) or own
    if len(found) > 1:
        raise Ambiguous("project", f"@{group.handle}", tuple((one.name, one.key) for one in found))
    if found:
        return _read(desk, found[0])
    raise Refused(Why.TEAM_NOWHERE if begins else Why.NO_TEAM, {"name": f"@{group.handle}"})


def _is_in(known: Known, place: Place) -> bool:
    """Whether a place is a team's channel, and as private as it was when that began."""
    return place.channel in known.own_channels and known.private is place.is_private


def _stands_in(desk: Desk, place: Place) -> bool:
    """Whether the actor may choose a channel from elsewhere: of a private one Slack has told that
    they are in it.
    """
    person = desk.actor.person
    users = desk.facts.rooms.get(place.channel or "", frozenset())
    return not place.is_private or person is None or person.slack_id in users


def _standing(desk: Desk, some: Sequence[Known]) -> list[Known]:
    """Those of them that have a standup."""
    stand = standups.standing_in(desk.session, [one.id for one in some]) if some else {}
    return [one for one in some if one.id in stand]


def _read(desk: Desk, known: Known) -> Project:
    return desk.cache.project(desk.session, desk.facts, known.id, desk.now)


def _new(desk: Desk, group: Group, place: Place) -> Project:
    channel = Channel(place.channel, place.name, place.is_private)
    return desk.facts.placed(teams.new(group, channel, desk.actor.person_id))


def begun(desk: Desk, team: Project) -> Project:
    """Write down a team that does not stand yet."""
    [channel], group = team.channels, team.group
    assert group is not None
    space = columns(ChannelRow)
    known = select(space.id).where(
        space.workspace_id == desk.facts.workspace, space.slack_id == channel.slack_id
    )
    row = {
        "workspace_id": desk.facts.workspace,
        "key": team.key,
        "name": team.name,
        "private": team.private,
        "created_at": desk.now,
        "created_by": desk.actor.person_id,
        "group_id": group.slack_id,
        "group_handle": group.handle,
        "version": 0,
    }
    with ledger.opened(desk.session, desk.actor, desk.now) as book:
        [key] = book.insert("TeamBegun", ProjectRow, [row])
        bound = {
            "project_id": key,
            "channel_id": plainly(desk.session).execute(known).scalar_one(),
            "since": desk.now,
            "until": None,
        }
        book.insert("TeamBegun", BindingRow, [{**bound, **book.recorded()}])
    return desk.facts.placed(projects.read(desk.session, [key], desk.now)[key].project)


def turned(desk: Desk, team: Project) -> Project | None:
    """The same team as it was when its channel was private and is not, or the other way round, if
    it has a standup still.
    """
    twins = [
        one
        for one in desk.facts.teams.values()
        if team.group is not None
        and one.group == team.group.slack_id
        and set(one.own_channels) == set(team.own_channels)
        and one.private is not team.private
    ]
    found = _standing(desk, twins)
    return _read(desk, found[0]) if found else None
