"""What was asked for in a sentence is offered to those who may do it; others read who can."""

from dataclasses import replace

from bot import permissions
from bot.acting import today
from bot.errors import Forbidden
from bot.needed import ORDERS
from bot.outcome import Place
from bot.people import Actor
from bot.qa.facts import Facts
from bot.qa.replies import Answer
from bot.qa.requests import Request, not_yours
from bot.sight import Sight, seen
from handlers.service.facts import WorkspaceFacts


def offered(
    answer: Answer, facts: Facts, actor: Actor, place: Place, known: WorkspaceFacts
) -> Answer:
    """An answer with those of its commands alone that the actor may give."""
    try:
        for one in answer.requests:
            _require(one, facts, actor, place, known)
    except Forbidden as no:
        commands = [one.shown for one in answer.requests]
        return replace(answer, said=not_yours(commands, no.who_can), requests=())
    return answer


def _require(one: Request, facts: Facts, actor: Actor, place: Place, known: WorkspaceFacts) -> None:
    project = facts.project(one.project)
    sight = Sight.PLAIN
    if actor.person is not None:
        sight = seen(known.projects[project.id], actor.person.id, place, facts.now)
    permissions.require_in(
        actor,
        ORDERS[type(one.order)],
        project,
        project.item(one.item),
        facts.people,
        sight=sight,
        stands_for=frozenset(
            acting.person
            for acting in facts.delegations
            if acting.delegate == actor.person_id
            and acting.project in (None, project.id)
            and acting.covers(today(facts.people[acting.person], facts.now))
        ),
    )
