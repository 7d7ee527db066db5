"""From a Slack payload to who acts and where: what listeners get as `actor` and `place`.

The middleware only looks at the payload, for Slack's three seconds are running. Who that is in the
record is looked up after Slack was answered, and only for listeners that ask for it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from bot.errors import Refused, Unavailable, Why
from bot.outcome import Place
from bot.people import Actor, Person, Surface
from handlers import circles, observe
from handlers.reply import Origin, Reply, origin_of, was_said
from handlers.service import Charter
from handlers.slack import Installation
from handlers.tenants import Tenant

SURFACES = {
    "event_callback": Surface.EVENT,
    "block_actions": Surface.BUTTON,
    "message_action": Surface.BUTTON,
    "shortcut": Surface.BUTTON,
    "view_submission": Surface.MODAL,
}


TRUSTED_FOR = timedelta(hours=1)
"""How long a public channel is taken for what Slack said of it."""


class Identity(Middleware):
    """Puts `charter`, `slack`, `origin`, `reply` and `now` into the context of every request, and
    `workspace`, Charter's number of the tenant's.

    `recognise` adds `actor` and `place`.
    """

    def __init__(self, charter: Charter, clock: Callable[[], datetime]) -> None:
        self._charter = charter
        self._clock = clock
        self._met: set[tuple[int, str]] = set()
        self._asked: dict[tuple[int, str], datetime] = {}

    def process(
        self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]
    ) -> BoltResponse | None:
        if _by_bot(req.body):
            return BoltResponse(status=200)
        context = req.context
        tenant: Tenant = context["tenant"]
        context["request_id"] = observe.new_id()
        context["client"] = tenant.slack.client
        context["slack"] = tenant.slack
        context["charter"] = self._charter
        context["workspace"] = tenant.workspace
        context["installation"] = tenant.installation
        context["now"] = self._clock()
        context["origin"] = origin = origin_of(req.body)
        context["reply"] = Reply(tenant.slack, origin) if origin else None
        return next()

    def recognise(self, request: BoltRequest, names: Sequence[str]) -> None:
        """Look up what a listener asks for by `names`.

        Raises `Refused` for people of another organisation, and for channels shared with one that
        no admin has opened. In one that is open, or of which Slack does not tell by now whether it
        is shared, everything is answered to the one who asks alone.
        """
        origin: Origin | None = request.context["origin"]
        if origin is None or not {"actor", "place"} & set(names):
            return
        tenant: Tenant = request.context["tenant"]
        if is_foreign(tenant.installation, request.body):
            raise Refused(Why.CHANNEL_SHARED)
        channel = None if origin.is_direct or "place" not in names else origin.channel
        person, known = self._charter.people.met(tenant.workspace, origin.user, channel)
        if "place" in names:
            place = request.context["place"] = self._place(tenant, request.body, origin, known)
            if place.is_shared:
                alone = replace(origin, public=False)
                request.context["origin"] = alone
                request.context["reply"] = Reply(tenant.slack, alone)
        if "actor" in names:
            actor = self._actor(tenant, request.body, origin.user, person)
            where = _message(tenant.installation, origin, request.context.get("place"))
            request.context["actor"] = replace(actor, message=where)

    def _actor(
        self, tenant: Tenant, body: Mapping[str, Any], user: str, known: Person | None
    ) -> Actor:
        people = self._charter.people
        surface = SURFACES.get(str(body.get("type")), Surface.COMMAND)
        return people.actor(tenant.workspace, self._person(tenant, user, known), surface)

    def _person(self, tenant: Tenant, user: str, known: Person | None) -> Person:
        """Somebody known; asks Slack at their first word since the start, for they may have changed

        (or come from a document, which does not know who administers Slack).
        """
        if known is not None and (tenant.workspace, user) in self._met:
            return known
        try:
            profile = tenant.slack.profile(user)
            if profile.team and profile.team not in _home(tenant.installation):
                raise Refused(Why.CHANNEL_SHARED)
            person = self._charter.people.learned(tenant.workspace, profile)
        except Unavailable:
            if known is None:
                raise
            return known
        self._met.add((tenant.workspace, user))
        return person

    def _place(
        self, tenant: Tenant, body: Mapping[str, Any], origin: Origin, known: Place | None
    ) -> Place:
        channel = origin.channel
        if channel is None:
            return Place()
        if origin.is_direct:
            return Place(is_direct=True)
        place = self._channel(tenant, channel, known)
        if body.get("is_ext_shared_channel") and not place.is_shared:
            place = replace(place, is_shared=True)
        if place.is_shared and not (place.is_open or _is_about_the_channel(body)):
            raise Refused(Why.CHANNEL_SHARED)
        if "view" in body and not self._stands_in(tenant, place, origin.user):
            return Place()
        return place

    def _stands_in(self, tenant: Tenant, place: Place, user: str) -> bool:
        """Whether somebody is in the channel that their form was opened in: it may stay open while
        they are taken out. Whoever is not, is nowhere.
        """
        if place.channel is None or not place.is_private:
            return True
        return self._charter.circles.admits(tenant.workspace, place.channel, user)

    def _channel(self, tenant: Tenant, channel: str, known: Place | None) -> Place:
        """A channel as it is now.

        A private one is looked up each time, for it may be private no more; a public one hourly,
        for its name. Where Slack does not answer, nothing private is told, and to nobody but the
        one who asks: the channel may be another organisation's too by now.
        """
        people = self._charter.people
        now = self._clock()
        asked = self._asked.get((tenant.workspace, channel))
        if known and not known.is_private and asked and now - asked < TRUSTED_FOR:
            return known
        try:
            name, private, shared = tenant.slack.channel(channel)
        except Refused:
            return _doubted(known) if known else Place(channel, is_private=True)
        except Unavailable:
            if known is None:
                raise
            return _doubted(known)
        self._asked[tenant.workspace, channel] = now
        told = Place(channel, name, is_private=private, is_shared=shared)
        if known is not None:
            told = replace(told, is_open=known.is_open)
        if known != told:
            people.channel_learned(tenant.workspace, channel, name, private, shared)
        if private and self._charter.circles.is_stale(tenant.workspace, channel):
            circles.look(self._charter, tenant.slack, tenant.workspace, channel)
        return told


def _message(installation: Installation, origin: Origin, place: Place | None) -> str:
    """The address of what somebody acts in or under; of a place that not all can open, none."""
    said = origin.pressed or origin.message or origin.thread
    if not (said and origin.public and origin.channel and place and place.channel):
        return ""
    if place.is_private or place.is_shared or origin.is_direct:
        return ""
    return installation.permalink(origin.channel, said, origin.thread or said)


def is_foreign(installation: Installation, body: Mapping[str, Any]) -> bool:
    """Whether the one who acts belongs to another team than the one Charter is installed in."""
    event, user = body.get("event"), body.get("user")
    team = None
    if isinstance(event, dict):
        said = was_said(event) or event
        team = said.get("user_team") or said.get("team")
    elif isinstance(user, dict):
        team = user.get("team_id")
    return team is not None and team not in _home(installation)


def _home(installation: Installation) -> set[str | None]:
    return {installation.team, installation.enterprise}


def _doubted(known: Place) -> Place:
    """A channel of which Slack tells nothing by now: as if it were not private, and shared."""
    return replace(known, is_private=False, is_shared=True, is_open=True)


def _is_about_the_channel(body: Mapping[str, Any]) -> bool:
    """Whether it is the one command that is for channels that no admin has opened."""
    words = str(body.get("text") or "").split()
    return "command" in body and words[:1] == ["channel"]


def _by_bot(body: Mapping[str, Any]) -> bool:
    """Whether a bot said this: Charter answers people, and two bots would never stop."""
    event = body.get("event")
    if not isinstance(event, dict):
        return False
    said = (event, event.get("message"), event.get("previous_message"))
    told = [one for one in said if isinstance(one, dict)]
    return any(one.get("bot_id") or one.get("bot_profile") for one in told)
