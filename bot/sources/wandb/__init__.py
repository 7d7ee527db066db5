"""W&B (Weights & Biases): experiment runs, twenty by one GraphQL question.

The hosted service, and servers of one's own, which are met at their own address.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from bot.settings import Settings
from bot.sources import reading
from bot.sources.base import (
    NOTHING,
    Changes,
    Kind,
    Needs,
    Ref,
    Seen,
    Source,
    Stream,
    Trouble,
    Why,
)
from bot.sources.credentials import Fixed, basic
from bot.sources.links import Server
from bot.sources.making import Logins, Maker
from bot.sources.moved import changes
from bot.sources.replies import Failed
from bot.sources.wandb.address import Address, Project, api_of, sites_of
from bot.sources.wandb.copies import loaded
from bot.sources.wandb.looking import AT_ONCE, NO_WANDB, asked, moved, seen
from bot.sources.web import Tools, Visit, Web

NEEDS = Needs(
    title="W&B",
    address="WANDB_BASE_URL",
    absent="WANDB_API_KEY lets Charter read runs of W&B",
    mend="Set WANDB_API_KEY to a key of somebody who may read the projects.",
)
_WHO = "query Viewer { viewer { username entity } }"


class WandB:
    """The hosted service or a server of one's own, as `web` reaches its API. Its pages lie at
    `sites`, one of which every link has to name.
    """

    name = "wandb"
    needs = NEEDS

    def __init__(self, web: Web, sites: Sequence[Server]) -> None:
        self._web = web
        self._sites = sites
        self._plain = False

    @property
    def address(self) -> str:
        return self._web.server.url

    def recognises(self, url: str) -> Ref | None:
        address = self._address(url)
        return self._ref(address) if address else None

    def _ref(self, address: Address) -> Ref:
        return Ref(self.name, Kind.RUN, address.key, address.url(self._sites[0]))

    def _address(self, url: str) -> Address | None:
        rests = (site.rest(url) for site in self._sites)
        found = (Address.of(rest) for rest in rests if rest)
        return next(filter(None, found), None)

    def stream(self, url: str) -> Stream | None:
        """A project of W&B's. Its key is `entity/project`."""
        rests = (site.rest(url) for site in self._sites)
        found = next(filter(None, (Project.of(rest) for rest in rests if rest)), None)
        if found is None:
            return None
        return Stream(self.name, Kind.RUN, found.key, found.url(self._sites[0]))

    def fetch(
        self, refs: Collection[Ref], known: Mapping[Ref, Seen] = NOTHING
    ) -> Mapping[Ref, Seen]:
        """All of them, also what is known: nothing costs less than a question for twenty."""
        wanted: list[tuple[Ref, Address]] = []
        told: dict[Ref, Seen] = {}
        for ref in dict.fromkeys(refs):
            address = self._address(ref.url)
            if address is None:
                told[ref] = Trouble(Why.NOT_FOUND, detail="It lies at no server that is set up.")
            else:
                wanted.append((ref, address))
        return told | self._looked(self._web.visit(), wanted)

    def _looked(self, visit: Visit, wanted: Sequence[tuple[Ref, Address]]) -> dict[Ref, Seen]:
        told: dict[Ref, Seen] = {}
        for begin in range(0, len(wanted), AT_ONCE):
            told |= self._at_once(visit, wanted[begin : begin + AT_ONCE])
        return told

    def _at_once(self, visit: Visit, wanted: Sequence[tuple[Ref, Address]]) -> dict[Ref, Seen]:
        """Together; where that fails for what is asked, each by itself: one may be too large."""
        try:
            return self._asked(visit, wanted)
        except Failed as failed:
            if failed.trouble.why not in (Why.GARBAGE, Why.NOT_FOUND) or len(wanted) == 1:
                return dict.fromkeys((ref for ref, _ in wanted), failed.trouble)
            return {k: v for one in wanted for k, v in self._at_once(visit, [one]).items()}

    def _asked(self, visit: Visit, wanted: Sequence[tuple[Ref, Address]]) -> dict[Ref, Seen]:
        now = self._web.clock()
        try:
            return seen(visit, wanted, now, plain=self._plain)
        except Failed as failed:
            if self._plain or failed.trouble != Trouble(Why.GARBAGE, detail=NO_WANDB):
                raise
        told = seen(visit, wanted, now, plain=True)
        self._plain = True
        return told

    def changed(self, stream: Stream, since: datetime) -> Changes:
        """Runs that gave a sign of life at `since` or later: they do so while they run."""
        project, visit = Project.named(stream.key), self._web.visit()
        try:
            found = moved(visit, project, since)
        except Failed as failed:
            return Changes({}, since, failed.trouble)
        some = sorted(found, key=lambda one: (one[1], one[0]))
        addresses = {Address(project, id): at for id, at in some}
        refs = {self._ref(address): at for address, at in addresses.items()}
        told = self._looked(visit, [(self._ref(address), address) for address in addresses])
        return changes(refs, told, since, self._web.clock())

    def copy_of(self, project: str, run: str) -> Ref | None:
        """A run that neptune-exporter loaded, in an entity of whoever the key belongs to."""
        try:
            found = loaded(self._web.visit(), project, run)
        except Failed:
            return None
        return self._ref(found) if found else None

    def answers(self) -> str | Trouble:
        """By asking who the key belongs to."""
        try:
            told = asked(self._web.visit(), _WHO, {})
        except Failed as failed:
            return failed.trouble
        who = reading.mapping(told, "data", "viewer")
        if "data" in told and not who:
            return Trouble(Why.UNAUTHORISED)
        name = reading.text(who.get("username") or who.get("entity"))
        return f"as {name}" if name else Trouble(Why.GARBAGE)

    def close(self) -> None:
        self._web.close()


def made(settings: Settings, tools: Tools) -> Iterator[Source]:
    if settings.wandb_api_key:
        api = api_of(Server.at(settings.wandb_base_url))
        credentials = Fixed(basic("api", settings.wandb_api_key.get_secret_value()))
        yield WandB(tools.web(api, credentials), sites_of(api))


def sites(settings: Settings) -> Iterator[str]:
    """Links lie elsewhere than what is asked."""
    if settings.wandb_api_key:
        yield from (site.url for site in sites_of(api_of(Server.at(settings.wandb_base_url))))


LOGINS = Logins("Weights & Biases", also=("w&b", "weights&biases", "weights and biases"))
MAKER = Maker(WandB.name, NEEDS, made, sites=sites, logins=LOGINS)
