"""Who may do what: the role that gives each right. What takes which stands in `bot.needed`.

Open inside a project: every full member of the workspace edits what they can see, unless they were
made a viewer. Answering for something is for its Accountable, the project's lead and admins;
running the workspace is for admins. Guests of Slack's have what was granted to them, bots nothing.
Nobody may touch what they cannot see; an admin sees no more than others.
"""

from collections.abc import Mapping

from bot import changes
from bot.changes import Change
from bot.errors import Forbidden, NotFound
from bot.needed import CHANGES
from bot.people import Actor, Person
from bot.project import Item, Letter, PersonHolder, Project
from bot.rights import Right, Role
from bot.sight import Sight


def takes(change: Change, actor: Actor) -> Right:
    """What this very change takes: what was offered to somebody they may take; to give away what is
    somebody else's is to answer for it; and to hand over unasked, or to pass a gate that is closed,
    is to answer for the project.
    """
    if isinstance(change, changes.RolesChanged) and change.accepts is not None:
        return Right.LOOK
    if _is_of_the_whole(change) or _is_of_another(change, actor):
        return Right.ANSWER
    return CHANGES[type(change)]


def _is_of_another(change: Change, actor: Actor) -> bool:
    """Whether it offers, or takes out of the project, what somebody else is accountable for."""
    match change:
        case changes.HandOverOffered(giver=giver, is_request=is_request):
            return not is_request and giver != actor.person_id
        case changes.ItemRemoved(back=False, ended=ended):
            accountable = (one.holder for one in ended if one.letter is Letter.A)
            return any(
                isinstance(holder, PersonHolder) and holder.person != actor.person_id
                for holder in accountable
            )
        case _:
            return False


def _is_of_the_whole(change: Change) -> bool:
    """Whether it is not for those who answer for the item alone, but for the project's lead."""
    match change:
        case changes.RolesChanged(forced=forced):
            return bool(forced)
        case changes.StageMoved(passed=passed):
            return bool(passed)
        case _:
            return False


ADMIN = "an admin"
FRAMING = "framing"


def in_workspace(actor: Actor) -> Role:
    """What somebody is to the workspace, apart from any project."""
    if actor.person is None or actor.is_admin:
        return Role.ADMIN
    is_full = not (actor.person.is_guest or actor.person.is_bot)
    return Role.EDITOR if is_full else Role.VIEWER


def in_project(
    actor: Actor, project: Project, item: Item | None, stands_for: frozenset[int]
) -> Role:
    """What somebody who sees a project is to it, or to one item of it.

    `stands_for` are the people whom they act for today.
    """
    if actor.person is None or actor.is_admin:
        return Role.ADMIN
    if actor.person.is_guest:  # also one who was no guest when the letters were given
        return project.grants.get(actor.person.id, Role.VIEWER)
    if answerable(project, item) & {actor.person.id, *stands_for}:
        return Role.ACCOUNTABLE
    return project.grants.get(actor.person.id, Role.EDITOR)


def answerable(project: Project, item: Item | None) -> frozenset[int]:
    """Who answers for a project, or for an item of it: its Accountable, and the project's lead,
    or, where there is none, who created it.
    """
    lead = project.lead if project.lead is not None else project.created_by
    held = project.raci(item) if item else ()
    accountable = {
        one.holder.person
        for one in held
        if one.letter is Letter.A and isinstance(one.holder, PersonHolder)
    }
    return frozenset(accountable | ({lead} if lead is not None else set()))


def answering(project: Project, item: Item | None, people: Mapping[int, Person]) -> tuple[str, ...]:
    """Their names, of those who have not left."""
    found = (people.get(key) for key in answerable(project, item))
    return tuple(sorted(one.name for one in found if one is not None and one.active))


def check(
    actor: Actor,
    change: Change,
    project: Project,
    item: Item | None,
    people: Mapping[int, Person],
    *,
    sight: Sight,
    stands_for: frozenset[int] = frozenset(),
) -> None:
    """Raise `NotFound` for what the actor cannot see, `Forbidden` for what is not theirs to do."""
    about = None if _is_of_the_whole(change) else item or _stage_of(change, project)
    right = takes(change, actor)
    require_in(actor, right, project, about, people, sight=sight, stands_for=stands_for)


def require_in(
    actor: Actor,
    right: Right,
    project: Project,
    item: Item | None,
    people: Mapping[int, Person],
    *,
    sight: Sight,
    stands_for: frozenset[int] = frozenset(),
) -> None:
    """The same for a right by itself.

    `sight` is what they see of the project from where they are. Through broken glass they may look.
    """
    if not sight:
        raise NotFound("project", project.key)
    role = in_project(actor, project, item, stands_for)
    if sight is Sight.THROUGH_GLASS:
        role = Role.VIEWER
    if not role.may(right):
        raise Forbidden(right, project.name, who_can(project, item, people))


_OF_FRAMING = (
    changes.ScopeApproved | changes.VerdictGiven | changes.ProjectConfirmed | changes.ReviewSet
)


def _stage_of(change: Change, project: Project) -> Item | None:
    """The stage whose Accountable answers for a change of the whole: framing is about scope."""
    if isinstance(change, _OF_FRAMING):
        return project.item(FRAMING)
    return None


def check_workspace(actor: Actor, change: Change, people: Mapping[int, Person]) -> None:
    """Raise `Forbidden` where a change of no project is not the actor's to make."""
    require(actor, CHANGES[type(change)], people)


def require(actor: Actor, right: Right, people: Mapping[int, Person]) -> None:
    """Raise `Forbidden` where somebody does not have that right in the workspace."""
    if not in_workspace(actor).may(right):
        raise Forbidden(right, "", admins(people))


def who_can(project: Project, item: Item | None, people: Mapping[int, Person]) -> tuple[str, ...]:
    """The names of those who answer for it; an admin too, where one can see the project."""
    names = answering(project, item, people)
    return (*names, ADMIN) if not project.private or not names else names


def admins(people: Mapping[int, Person]) -> tuple[str, ...]:
    """The names of the workspace's admins."""
    names = sorted(one.name for one in people.values() if one.is_admin and one.active)
    return tuple(names) or (ADMIN,)
