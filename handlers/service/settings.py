"""The use cases of what holds for the whole workspace: its settings, shared channels, the hold."""

from datetime import datetime

from bot import deciding, permissions, workspace_settings
from bot.changes import AccessChange
from bot.errors import Refused, Why
from bot.orders import ChangeSetting, OpenSharedChannel
from bot.outcome import Place, SettingsShown
from bot.people import Actor, Surface
from bot.project import Channel
from bot.rights import Right
from bot.telling import Line, lines
from handlers.service.desks import Desks
from handlers.service.references import Desk
from storage import directory, ledger, schedules

NOWHERE = Place()


class WorkspaceSettings(Desks):
    """What admins may do with the workspace."""

    def shown(self, actor: Actor, name: str | None = None) -> SettingsShown:
        with self._reading(actor, NOWHERE) as desk:
            return SettingsShown(
                settings=desk.facts.settings,
                name=workspace_settings.named(name).name if name else None,
                can_change=permissions.in_workspace(actor).may(Right.RUN),
                held_since=directory.held_since(desk.session, actor.workspace),
            )

    def change(self, actor: Actor, order: ChangeSetting) -> SettingsShown:
        """Set one. Raises `NotFound` for an unknown name, `BadInput` for what it does not take."""
        setting = workspace_settings.named(order.name)
        with self._writing(actor, NOWHERE) as desk:
            permissions.require(actor, Right.RUN, desk.facts.people)
            value = workspace_settings.checked(setting, order.value)
            settings = desk.facts.settings
            changed = self._apply(desk, deciding.set_one(settings, setting, value))
            return SettingsShown(settings.with_one(setting.name, value), setting.name, changed)

    def open_shared(self, actor: Actor, order: OpenSharedChannel, place: Place) -> tuple[Line, ...]:
        """Let Charter answer in the place's channel, which another organisation shares, or not."""
        with self._writing(actor, place) as desk:
            permissions.require(actor, Right.RUN, desk.facts.people)
            if place.channel is None or place.is_direct:
                raise Refused(Why.NOT_A_CHANNEL)
            if not place.is_shared:
                raise Refused(Why.NOT_SHARED)
            channel = Channel(place.channel, place.name, place.is_private)
            change = deciding.open_shared(channel, is_open=place.is_open, opened=order.opened)
            return self._apply(desk, change)

    def hold(self, workspace: int, now: datetime) -> None:
        """Charter was taken away: nothing comes by the clock until an admin says so."""
        actor = Actor(workspace, None, Surface.EVENT, is_admin=True)
        with self._writing(actor, NOWHERE) as desk:
            if directory.held_since(desk.session, workspace) is None:
                self._apply(desk, deciding.hold(now))

    def held_since(self, workspace: int) -> datetime | None:
        """Since when nothing comes by the clock; None: it comes."""
        with self._db.read() as session:
            return directory.held_since(session, workspace)

    def resume(self, actor: Actor) -> tuple[Line, ...]:
        """Let come what comes by the clock; what was to come meanwhile does not."""
        with self._writing(actor, NOWHERE) as desk:
            permissions.require(actor, Right.RUN, desk.facts.people)
            held_since = directory.held_since(desk.session, actor.workspace)
            done = self._apply(desk, deciding.resume(held_since))
            schedules.skip(desk.session, actor.workspace, desk.now)
            return done

    def _apply(self, desk: Desk, change: AccessChange) -> tuple[Line, ...]:
        people = desk.facts.people
        permissions.check_workspace(desk.actor, change, people)
        with ledger.opened(desk.session, desk.actor, desk.now) as book:
            book.apply(change, people)
        return lines(change, people)
