"""The use cases of decisions: kept from a message or a command, listed, withdrawn."""

from bot import deciding
from bot.decisions import Decided, Decision, OneDecision, Source, Which, in_words, label
from bot.errors import Ambiguous, NotFound, Refused, Why
from bot.orders import KeepDecision, WithdrawDecision
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Project
from handlers.service import references
from handlers.service.desks import Desks
from handlers.service.references import Desk
from storage import decisions

MOST_PROJECTS = 100
"""Projects that a form lets choose from."""


class Decisions(Desks):
    """What may be done with what was decided."""

    def keep(self, actor: Actor, order: KeepDecision, place: Place) -> Done:
        """Keep a decision. `Refused` where one was kept from the same message already."""
        with self._writing(actor, place) as desk:
            if order.source and (known := _kept(desk, order.source)):
                raise Refused(Why.DECISION_KEPT, {"decision": known.label}, field="text")
            project = self._project(desk, references.project_id(desk, order.project, place))
            return self._keep(desk, project, order, order.text)

    def keep_message(
        self, actor: Actor, source: Source, text: str, ref: str | None, place: Place
    ) -> Done | Which | None:
        """Keep a message as a decision of the project that `ref` names, or of the place's own.

        None where it is one already; one that was withdrawn holds again. `Which`: the place has
        several projects.
        """
        with self._writing(actor, place) as desk:
            if known := _kept(desk, source):
                if known.withdrawn_at is None:
                    return None
                project = self._project(desk, known.project)
                change = deciding.renew_decision(project, known)
                return self._write(desk, actor, project, None, change)
            try:
                project = self._project(desk, references.project_id(desk, ref, place))
            except Ambiguous as error:
                return Which(error.options)
            words = in_words(text, _names(desk))
            return self._keep(desk, project, KeepDecision(words, source=source), words)

    def _keep(self, desk: Desk, project: Project, order: KeepDecision, text: str) -> Done:
        source = order.source or Source("", "")
        author = desk.facts.by_slack.get(source.author)
        item = references.item(desk, project, order.item) if order.item else None
        change = deciding.keep_decision(
            project,
            item,
            decisions.next_number(desk.session, project.id),
            text,
            author=author.id if author and not author.is_bot else None,
            permalink=source.permalink,
            channel=source.channel,
            ts=source.ts,
        )
        return self._write(desk, desk.actor, project, item, change)

    def withdraw(self, actor: Actor, order: WithdrawDecision, place: Place) -> Done:
        """Let a decision hold no more, or again."""
        with self._writing(actor, place) as desk:
            one = self._one(desk, order.number, order.project)
            item = next((each for each in one.project.items if each.id == one.decision.item), None)
            change = (
                deciding.withdraw_decision(one.project, one.decision, order.because)
                if order.withdrawn
                else deciding.renew_decision(one.project, one.decision)
            )
            return self._write(desk, actor, one.project, item, change)

    def listed(self, actor: Actor, ref: str | None, place: Place) -> Decided:
        with self._reading(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, ref, place))
            found = decisions.of_project(desk.session, project.id)
            return Decided(project, dict(desk.facts.people), tuple(found))

    def one(self, actor: Actor, number: int, ref: str | None, place: Place) -> OneDecision:
        with self._reading(actor, place) as desk:
            return self._one(desk, number, ref)

    def released(self, actor: Actor, source: Source, place: Place) -> OneDecision | None:
        """The decision that the actor kept from this message and that still holds, if there is
        one: the reaction of others is no mark of it.
        """
        with self._reading(actor, place) as desk:
            known = _kept(desk, source)
            if known is None or known.withdrawn_at or known.by != actor.person_id:
                return None
            project = self._project(desk, known.project)
            return OneDecision(project, dict(desk.facts.people), known)

    def to_choose(
        self, actor: Actor, source: Source, text: str, place: Place
    ) -> tuple[str, Project | None, tuple[tuple[str, str], ...]]:
        """What a form about a message begins with: its words, the project of the place (None: there
        is none, or there are several), and all that it may belong to. `Refused` where it is kept.
        """
        with self._reading(actor, place) as desk:
            if known := _kept(desk, source):
                raise Refused(Why.DECISION_KEPT, {"decision": known.label})
            here = [
                desk.facts.projects[key]
                for key in desk.facts.by_channel.get(place.channel or "", ())
                if desk.sees(key) and not desk.facts.projects[key].archived
            ]
            some = here or [known for known in desk.visible() if not known.archived]
            some.sort(key=lambda known: (known.name.casefold(), known.id))
            options = tuple((known.name, known.key) for known in some[:MOST_PROJECTS])
            project = self._project(desk, here[0].id) if len(here) == 1 else None
            return in_words(text, _names(desk)), project, options

    def _one(self, desk: Desk, number: int, ref: str | None) -> OneDecision:
        project = self._project(desk, references.project_id(desk, ref, desk.place))
        found = decisions.numbered(desk.session, project.id, number)
        if found is None:
            raise NotFound("decision", label(number))
        return OneDecision(project, dict(desk.facts.people), found)


def _kept(desk: Desk, source: Source) -> Decision | None:
    """What was kept from a message already, as far as the actor may know; what holds comes first.

    Without a message there is nothing of the kind.
    """
    found = decisions.of_message(desk.session, desk.actor.workspace, source.channel, source.ts)
    seen = [one for one in found if desk.sees(one.project)]
    return next((one for one in seen if one.withdrawn_at is None), seen[0] if seen else None)


def _names(desk: Desk) -> dict[str, str]:
    return {slack_id: person.name for slack_id, person in desk.facts.by_slack.items()}
