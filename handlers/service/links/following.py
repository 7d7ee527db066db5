"""Following: which repositories and experiments, and what of them, belong to a project."""

from bot import following as rules
from bot.changes import FilterSet, StreamFollowed
from bot.errors import BadInput, Why
from bot.following import Following
from bot.orders import Follow, SetFilter, Unfollow
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Item, Project
from bot.sources.base import Stream
from handlers.service import references
from handlers.service.links.looking import LookingDesks
from handlers.service.references import Desk
from storage import following


class Follows(LookingDesks):
    """What may be done with what is followed."""

    def follow(self, actor: Actor, order: Follow, place: Place) -> Done:
        """Let what happens there belong to a project, or to an item of it."""

        def decide(desk: Desk, project: Project, item: Item | None) -> StreamFollowed:
            stream = self._stream(order.where)
            pattern = rules.checked(stream, order.by, order.pattern)
            known = following.of_project(desk.session, project.id)
            present = rules.standing(known, stream, order.by, pattern)
            before = rules.spot_of(project, present)
            return rules.follow(project, stream, order.by, pattern, before, item)

        return self._change(actor, order.project, order.item, None, place, decide)

    def unfollow(self, actor: Actor, order: Unfollow, place: Place) -> Done:
        """Let it belong there no more."""

        def decide(desk: Desk, project: Project, _item: Item | None) -> StreamFollowed:
            stream = self._stream(order.where)
            known = following.of_project(desk.session, project.id)
            return rules.unfollow(project, known, stream, order.by, order.pattern)

        return self._change(actor, order.project, None, None, place, decide)

    def followed(self, actor: Actor, ref: str | None, place: Place) -> Following:
        with self._reading(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, ref, place))
            known = following.of_project(desk.session, project.id)
            marks = following.watermarks(desk.session, actor.workspace)
            seen = [(one, marks.get((one.stream.source, one.stream.key))) for one in known]
            filters = following.filters(desk.session, project.id)
            return Following(project, tuple(seen), tuple(filters))

    def set_filter(self, actor: Actor, order: SetFilter, place: Place) -> Done:
        """Say of which pull requests the project's channel gets a card."""

        def decide(desk: Desk, project: Project, _item: Item | None) -> FilterSet:
            known = following.filters(desk.session, project.id)
            return rules.set_filter(project, known, order.trait, order.value, order.mode)

        return self._change(actor, order.project, None, None, place, decide)

    def _stream(self, where: str) -> Stream:
        stream = self._lookout.stream(where)
        if stream is None:
            self._lookout.check_barred(where)
            raise BadInput(Why.NO_STREAM, {"url": where[:80]}, field="url")
        return stream
