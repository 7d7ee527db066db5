"""A new project from a template of ML projects."""

import secrets

from bot import templates
from bot.changes import NewItem, ProjectCreated, Seat
from bot.orders import NewProject
from bot.people import Actor, Person
from bot.project import Channel, Holder, Letter, Metric, Mode, PersonHolder, Status, Vacancy
from bot.roles import Catalogue, title
from bot.stages import LadderStage, seed, with_modelling
from handlers.service.roster import fresh_key


def project(
    new: NewProject,
    name: str,
    lead: Person | None,
    actor: Actor,
    channel: Channel | None,
    ladder: tuple[LadderStage, ...],
    taken: set[str],
    hidden: set[str],
    roles: Catalogue,
) -> ProjectCreated:
    """The workspace's ladder with Modelling; letters by job role, each a vacant seat until filled.

    What its template does without is skipped, with the reason; the usual metrics stand there and
    wait for their baseline and target. The lead sits on the seats of their own job role; in
    start-up mode on every A and R. A private project is seen by its lead and by who made it.
    `taken` are all keys that there are, `hidden` those of projects that the actor does not see.
    """
    members = {person.id for person in (lead, actor.person) if person is not None}
    template = templates.of_key(new.template)
    in_private = channel is not None and channel.is_private
    private = in_private if new.private is None else new.private
    items = tuple(
        NewItem(
            stage.key,
            stage.title,
            _seats(stage.key, new.mode, lead, roles),
            Status.SKIPPED if stage.key in template.skips else Status.NOT_STARTED,
            template.skips.get(stage.key),
        )
        for stage in with_modelling(ladder)
    )
    return ProjectCreated(
        key=_key(name, taken, hidden, private=private),
        name=name,
        mode=new.mode,
        lead=lead.id if lead else None,
        private=private,
        members=frozenset(members) if private else frozenset(),
        channel=channel,
        items=items,
        template=template.key,
        metrics=tuple(_metric(measure) for measure in template.metrics),
    )


def _metric(measure: templates.Measure) -> Metric:
    nothing = (None, None, None, None)
    return Metric(measure.name, measure.aliases, measure.higher, measure.unit, *nothing)


def _key(name: str, taken: set[str], hidden: set[str], *, private: bool) -> str:
    """A key that nobody can tell a hidden namesake from: a document may give a private project the
    plain name as its key, and a number behind it would say that there is one.
    """
    is_hidden = fresh_key(name, set()) in hidden
    return fresh_key(key_base(name, private=private or is_hidden), taken)


def key_base(name: str, *, private: bool) -> str:
    """What a key is made of. A private project's key is never the plain name, so that a public
    namesake gets that, and nobody can tell from a number that there is another.
    """
    return f"{name[:30]} {secrets.token_hex(4)}" if private else name


def _seats(stage: str, mode: Mode, lead: Person | None, roles: Catalogue) -> tuple[Seat, ...]:
    if mode is Mode.STARTUP and lead is not None:
        return tuple(Seat(letter, PersonHolder(lead.id)) for letter in (Letter.A, Letter.R))
    return tuple(Seat(letter, _holder(role, lead, roles)) for letter, role in seed(stage))


def _holder(role: str, lead: Person | None, roles: Catalogue) -> Holder:
    if lead is not None and lead.role == role:
        return PersonHolder(lead.id)
    return Vacancy(title(role, roles))
