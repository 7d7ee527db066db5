"""What somebody ticks in a standup, and what they say of blockers from before.

What is over is cleared, and what is handed on gets its new owner, as anywhere else: each of them a
change of its own, with an undo. What is there still for the third time is told to the Accountable.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot import blockers as rules
from bot import deciding
from bot.changes import Change
from bot.condition import Blocker
from bot.drafts import Drafted, chosen, is_work, ticks
from bot.errors import BadInput, Refused, Why
from bot.orders import AnswerStandup, Judgement
from bot.outcome import Done
from bot.people import Person
from bot.project import Item, Project
from bot.rounds import Asked
from bot.routing import Event, Happening
from bot.standups import (
    Carried,
    Entry,
    State,
    Verdict,
    carried_lines,
    is_to_be_told,
    settled,
    still,
)
from handlers.service import drafts, escalation, notices, references, rounds
from handlers.service.references import Desk
from handlers.views import standups as views
from storage import blockers, projects, standups
from storage.gates import before_blocked

Write = Callable[[Project, Item, Change], Done]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said in one standup beside what is written, and what was offered for it.

    `judged` is about blockers that stand there still: what is gone meanwhile needs no word. `hands`
    tells to whom some of them are handed on, by the keys.
    """

    order: AnswerStandup
    drafted: Drafted
    judged: tuple[Judgement, ...]
    hands: Mapping[str, Person]


def beside(desk: Desk, pages: Sequence[tuple[Asked, AnswerStandup]]) -> dict[int, Beside]:
    """What is said so in each of these that are answered, by the entries' ids; read at once."""
    said = [(asked, order) for asked, order in pages if order.state is State.POSTED]
    whose = {asked.project.id: asked.project for asked, _ in said}
    found = drafts.drafted(desk, whose, [asked.entry for asked, _ in said])
    return {asked.entry.id: _beside(desk, order, found[asked.entry.id]) for asked, order in said}


def _beside(desk: Desk, order: AnswerStandup, drafted: Drafted) -> Beside:
    offered = {one.key for one in drafted.carried}
    judged = tuple(one for one in order.judged if one.key in offered)
    hands: dict[str, Person] = {}
    for one in judged:
        if one.verdict is Verdict.HANDED and one.to:
            with _at(one.field):
                hands[one.key] = references.person(desk, one.to)
    return Beside(order, drafted, judged, hands)


def joined(
    after: Mapping[int, Entry], beside: Mapping[int, Beside]
) -> tuple[dict[int, Entry], dict[int, tuple[Carried, ...]]]:
    """The entries with all of it, and the blockers that somebody is to be told of."""
    made = {key: _joined(after[key], one) for key, one in beside.items()}
    entries = {key: entry for key, (entry, _) in made.items()}
    return {**after, **entries}, {key: lasting for key, (_, lasting) in made.items() if lasting}


def _joined(entry: Entry, of: Beside) -> tuple[Entry, tuple[Carried, ...]]:
    """A tick that nobody touched stays, also where it was made meanwhile in another place."""
    keys = (ticks(entry) - of.order.unticked) | of.order.ticked
    said = {one.key: one.verdict for one in of.judged}
    carried = settled(of.drafted.carried, entry, said)
    names = {key: person.name for key, person in of.hands.items()}
    before = {one.evidence: one for one in entry.said if one.evidence and not is_work(one)}
    lines = (
        *(line for line in entry.said if not line.evidence),
        *chosen(of.drafted.draft, keys),
        *(
            line if line.evidence in said else before.get(line.evidence, line)
            for line in carried_lines(carried, entry.questions, names)
        ),
    )
    in_order = tuple(sorted(lines, key=lambda line: line.question))
    lasting = tuple(one for one in carried if is_to_be_told(one))
    known = tuple(replace(one, told=True) if one in lasting else one for one in carried)
    return replace(entry, said=in_order, carried=known), lasting


def changed(desk: Desk, asked: Asked, after: Entry, of: Beside, write: Write) -> list[Done]:
    """What the record is to know: what is resolved is cleared, what is handed on is another's.
    `after` is the standup with what is said now: a form that is sent twice says nothing new.
    """
    project, before = asked.project, asked.entry
    is_again = (after.said, after.carried) == (before.said, before.carried)
    offered = {one.key: one for one in of.drafted.carried}
    made: list[Done] = []
    for one in of.judged:
        found = _found(project, offered[one.key])
        if found is None:
            continue
        item, blocker = found
        with _at(one.field):
            change = _change(desk, project, item, blocker, one, of, is_again=is_again)
        if change is not None:
            made.append(write(project, item, change))
            project = made[-1].project
    return made


def _found(project: Project, carried: Carried) -> tuple[Item, Blocker] | None:
    """What it is in the record; None for what stands in an answer alone."""
    return next(
        (
            (item, one)
            for item in project.items
            for one in item.blockers
            if carried.blocker and one.id == carried.blocker
        ),
        None,
    )


def _change(
    desk: Desk,
    project: Project,
    item: Item,
    blocker: Blocker,
    said: Judgement,
    of: Beside,
    *,
    is_again: bool,
) -> Change | None:
    people = desk.facts.people
    if said.verdict is Verdict.RESOLVED:
        back = before_blocked(desk.session, item.id)
        return deciding.unblock(project, item, blocker.text, "", back)
    if said.key not in of.hands:
        return None
    to = of.hands[said.key]
    if rules.whose(project, item, blocker, people) == to.id:
        if is_again:
            return None
        raise Refused(Why.OWNS_IT_ALREADY, {"text": blocker.text, "name": to.name})
    return deciding.block(project, item, blocker.text, to.id, people)


def tell(desk: Desk, asked: Asked, lasting: Sequence[Carried]) -> None:
    """Tell whoever is accountable in a project of what is there still for the third time, once,
    whoever says so. That the time it takes is told as well needs no second message. In a team
    nobody is accountable: whoever set its standup is told.
    """
    key, said = asked.project.id, [one.key for one in lasting]
    told = standups.told_of(desk.session, key, said, asked.entry.id) if said else set()
    lasting = [one for one in lasting if one.key not in told]
    if not lasting:
        return
    project = desk.facts.placed(projects.read(desk.session, [key], desk.now)[key].project)
    if project.group is not None:
        _tell_setter(desk, project, asked.entry, lasting)
        return
    happenings = [
        Happening(
            Event.BLOCKER_STILL,
            project.id,
            one.item,
            by=desk.actor.person_id,
            note=f"{one.text} ({still(one)})",
            ref=one.blocker or None,
        )
        for one in lasting
    ]
    notices.tell(desk.session, desk.facts, happenings, project, desk.now, actor=desk.actor)
    recorded = [one.blocker for one in lasting if one.blocker]
    escalation.note(
        desk.session, desk.actor, desk.now, project, blockers.untold(desk.session, recorded)
    )


def _tell_setter(desk: Desk, team: Project, entry: Entry, lasting: Sequence[Carried]) -> None:
    current = rounds.at(desk, team)
    author = desk.facts.people[entry.person]
    own = {author.slack_id}
    for account in current.answerable() if current is not None else ():
        message = views.still_there(team, author, [f"{one.text} ({still(one)})" for one in lasting])
        if current is not None and account not in own:
            current.say(f"standup/still/{entry.id}/{lasting[0].key}/{account}", account, message)


@contextmanager
def _at(field: str) -> Iterator[None]:
    """What is wrong with it is said under that field."""
    try:
        yield
    except (Refused, BadInput) as error:
        error.field = field
        raise
