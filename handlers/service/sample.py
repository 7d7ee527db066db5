"""A project to try Charter out with: letters, seats that nobody fills, a stage that worries."""

import secrets
from collections.abc import Mapping

from bot.changes import NewItem, ProjectCreated, Seat
from bot.people import Person
from bot.project import Letter, Metric, Mode, PersonHolder, Status, Vacancy
from bot.roles import Catalogue, title
from bot.stages import LadderStage, seed, with_modelling

NAME = "Sample: Parcel Planner"
ASK = "who owns the data pipeline?"
"""What can be asked of it at once, and is answered."""

_OWN: Mapping[str, tuple[Letter, ...]] = {
    "framing": (Letter.A, Letter.R),
    "data_pipeline": (Letter.A,),
    "modelling": (Letter.R,),
}
"""What whoever tries it holds; the other seats are vacant."""
_STANDS: Mapping[str, tuple[Status, str | None]] = {
    "framing": (Status.DONE, None),
    "data_pipeline": (Status.IN_PROGRESS, None),
    "annotation": (Status.AT_RISK, "the labels of two depots are late"),
}
_ERROR = Metric("Late parcels", ("late",), False, "%", 12.0, 8.0, None, None)


def sample(me: Person, ladder: tuple[LadderStage, ...], roles: Catalogue) -> ProjectCreated:
    """Seen by everybody, bound to no channel. Its key is like no other's: one that was removed
    keeps its own.
    """
    return ProjectCreated(
        key=f"sample_{secrets.token_hex(4)}",
        name=NAME,
        mode=Mode.TEAM,
        lead=me.id,
        private=False,
        members=frozenset(),
        channel=None,
        items=tuple(_item(stage, me, roles) for stage in with_modelling(ladder)),
        metrics=(_ERROR,),
        is_sample=True,
    )


def _item(stage: LadderStage, me: Person, roles: Catalogue) -> NewItem:
    status, note = _STANDS.get(stage.key, (Status.NOT_STARTED, None))
    own = _OWN.get(stage.key, ())
    mine = tuple(Seat(letter, PersonHolder(me.id)) for letter in own)
    vacant = tuple(
        Seat(letter, Vacancy(title(role, roles)))
        for letter, role in seed(stage.key)
        if letter not in own
    )
    return NewItem(stage.key, stage.title, mine + vacant, status, note)
