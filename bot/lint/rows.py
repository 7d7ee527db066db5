"""Rules about rows: what nobody holds, what one person holds too much of, who was not asked."""

from collections.abc import Iterator

from bot.filling import fills
from bot.gaps import gaps
from bot.gates import approves_own_work
from bot.lint.values import Found, Ground
from bot.people import Person
from bot.project import CLOSED, Item, Letter, Mode, PersonHolder, Status

MOST_CONSULTED = 8


def no_accountable(ground: Ground) -> Iterator[Found]:
    return _gaps(ground, Letter.A)


def no_responsible(ground: Ground) -> Iterator[Found]:
    return _gaps(ground, Letter.R)


def _gaps(ground: Ground, letter: Letter) -> Iterator[Found]:
    for gap in gaps(ground.project, ground.people):
        if gap.missing is letter:
            said = f"nobody is {letter.word} for {gap.item.title}"
            yield Found(gap.item, said, letter=letter)


def metrics_unowned(ground: Ground) -> Iterator[Found]:
    framing, metrics = ground.project.item("framing"), ground.project.item("metrics")
    if framing is None or metrics is None or framing.status is not Status.DONE:
        return
    if metrics.status is not Status.SKIPPED and not _is_owned(ground, metrics):
        said = f"{framing.title} is done, and nobody is accountable for {metrics.title}"
        yield Found(metrics, said, letter=Letter.A)


def rollout_unowned(ground: Ground) -> Iterator[Found]:
    rollout = ground.project.item("rollout")
    if rollout is None or rollout.id not in ground.shipping or _is_owned(ground, rollout):
        return
    said = f"a run is linked to {rollout.title}, and nobody is accountable for it"
    yield Found(rollout, said, letter=Letter.A)


def own_judge(ground: Ground) -> Iterator[Found]:
    quality, annotation = ground.project.item("data_quality"), ground.project.item("annotation")
    if quality is None or annotation is None or ground.project.mode is Mode.STARTUP:
        return
    if quality.status in CLOSED or annotation.status in CLOSED:
        return
    judges = {one.id for one in _active(ground, quality, Letter.A)}
    labelling = [
        one.holder
        for one in ground.letters(annotation, Letter.R)
        if fills(one.holder, ground.people)
    ]
    if len(labelling) == 1 and isinstance(labelling[0], PersonHolder):
        person = labelling[0].person
        if person in judges:
            name = ground.people[person].name
            said = (
                f"{name} is accountable for {quality.title} and the only one responsible for "
                f"{annotation.title}"
            )
            yield Found(annotation, said, letter=Letter.R)


def self_approval(ground: Ground) -> Iterator[Found]:
    for item in ground.project.items:
        if item.key not in ground.gated or item.status in CLOSED or item.inherits_raci:
            continue
        if approves_own_work(ground.project, item):
            [person] = ground.holding(item, Letter.A)
            said = f"{person.name} approves {item.title} and is the only one responsible for it"
            yield Found(item, said, letter=Letter.R)


def too_many_consulted(ground: Ground) -> Iterator[Found]:
    for item in _open(ground):
        number = len({one.holder for one in ground.letters(item, Letter.C)})
        if number > MOST_CONSULTED:
            yield Found(item, f"{number} are consulted about {item.title}", letter=Letter.C)


def never_consulted(ground: Ground) -> Iterator[Found]:
    """Somebody who held a C before the row was done, and was not asked."""
    for item in ground.project.items:
        if item.status is not Status.DONE or item.inherits_raci:
            continue
        for one in ground.letters(item, Letter.C):
            if not isinstance(one.holder, PersonHolder) or one.holder.person not in ground.people:
                continue
            person = ground.people[one.holder.person]
            later = one.since is not None and item.updated and one.since > item.updated
            if later or not person.active or (item.id, person.id) in ground.asked:
                continue
            said = f"{item.title} is done, and {person.name} was never asked about it"
            yield Found(item, said, person.key, Letter.C)


def _open(ground: Ground) -> Iterator[Item]:
    for item in ground.project.items:
        if item.status not in CLOSED and not item.inherits_raci:
            yield item


def _active(ground: Ground, item: Item, letter: Letter) -> list[Person]:
    return [person for person in ground.holding(item, letter) if person.active]


def _is_owned(ground: Ground, item: Item) -> bool:
    return bool(_active(ground, item, Letter.A))
