"""MLflow: experiment runs, a hundred by one question.

Also what speaks MLflow's REST interface under another address, such as Databricks.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from bot.settings import Settings
from bot.sources import reading
from bot.sources.base import NOTHING, Changes, Kind, Needs, Ref, Seen, Source, Stream, Trouble, Why
from bot.sources.credentials import Credentials, Fixed, basic, bearer
from bot.sources.links import Server
from bot.sources.making import Logins, Maker
from bot.sources.mlflow.address import Address, Experiment
from bot.sources.mlflow.looking import (
    API,
    AT_ONCE,
    NAME,
    REFUSALS,
    Look,
    id_of,
    ref_at,
    time_of,
    told_by,
)
from bot.sources.mlflow.registry import Registry
from bot.sources.models import Post, Registered
from bot.sources.replies import Failed
from bot.sources.web import Tools, Web

NEEDS = Needs(
    title="MLflow",
    address="MLFLOW_TRACKING_URI",
    absent="MLFLOW_TRACKING_URI lets Charter read runs",
    mend="Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and its password.",
)


class MLflow:
    """One MLflow server, as `web` reaches it."""

    name = NAME
    needs = NEEDS

    def __init__(self, web: Web) -> None:
        self._web = web

    @property
    def address(self) -> str:
        return self._web.server.url

    def recognises(self, url: str) -> Ref | None:
        address = self._address(url)
        if address is None:
            return None
        return self._ref(address)

    def _ref(self, address: Address) -> Ref:
        return ref_at(self._web.server, address)

    def _address(self, url: str) -> Address | None:
        rest = self._web.server.rest(url)
        return Address.of(rest) if rest else None

    def stream(self, url: str) -> Stream | None:
        """An experiment. Its key is its id, behind the workspace's name where it lies in one."""
        rest = self._web.server.rest(url)
        found = Experiment.of(rest) if rest else None
        if found is None:
            return None
        return Stream(self.name, Kind.RUN, found.key, found.url(self._web.server))

    def fetch(
        self, refs: Collection[Ref], known: Mapping[Ref, Seen] = NOTHING
    ) -> Mapping[Ref, Seen]:
        """All of them, also what is known: nothing costs less than a question for a hundred."""
        visit = self._web.visit()
        seen: dict[Ref, Seen] = {}
        by_workspace: dict[str, list[tuple[Ref, Address]]] = defaultdict(list)
        for ref in dict.fromkeys(refs):
            address = self._address(ref.url)
            if address is None:
                seen[ref] = Trouble(Why.NOT_FOUND, detail="It lies at no server that is set up.")
            else:
                by_workspace[address.workspace].append((ref, address))
        for workspace, wanted in by_workspace.items():
            look = Look(visit, workspace)
            registry = Registry(look, self._web.server)
            for begin in range(0, len(wanted), AT_ONCE):
                seen.update(look.at(wanted[begin : begin + AT_ONCE], registry.of_runs))
        return seen

    def changed(self, stream: Stream, since: datetime) -> Changes:
        """Runs that began or ended at `since` or later: that they log moves no date, and the time
        of the experiment does not move with its runs.
        """
        place = Experiment.named(stream.key)
        look = Look(self._web.visit(), place.workspace)
        registry = Registry(look, self._web.server)
        seen: dict[Ref, Seen] = {}
        reached: list[datetime] = []
        cut_short: list[datetime] = []
        trouble: Trouble | None = None
        for field in ("start_time", "end_time"):
            try:
                found = look.moved(place.id, field, since)
                look.models |= registry.of_runs([*found.runs])
            except Failed as failed:
                return Changes(seen, since, failed.trouble)
            for id, run in found.runs.items():
                ref = self._ref(Address(place.id, id, place.workspace))
                seen[ref] = look.read(ref, run)
            times = filter(None, (time_of(run, field) for run in found.runs.values()))
            (cut_short if found.is_cut_short else reached).append(max(times, default=since))
            trouble = trouble or found.too_large
        return Changes(seen, min(cut_short) if cut_short else max(reached), trouble)

    def registered(self, known: Mapping[Post, str] | None) -> Registered:
        """Of the workspace that a server has by itself."""
        try:
            return Registry(Look(self._web.visit(), ""), self._web.server).registered(known)
        except Failed as failed:
            return Registered(is_whole=False, trouble=failed.trouble)

    def copy_of(self, project: str, run: str) -> Ref | None:
        """A run that neptune-exporter loaded: Neptune's attributes are its parameters, and the
        experiment is called after Neptune's project.
        """
        try:
            found = Look(self._web.visit(), "").loaded(project, run)
        except Failed:
            return None
        if found is None:
            return None
        experiment = reading.text(reading.mapping(found, "info").get("experiment_id"))
        return self._ref(Address(experiment, id_of(found)))

    def answers(self) -> str | Trouble:
        """By a question that needs the credentials; which version it is needs none."""
        visit = self._web.visit()
        try:
            asked = visit.post(f"{API}/experiments/search", {"max_results": 1}, expect=REFUSALS)
            told_by(asked)
            version = visit.get("/version", expect=REFUSALS)
        except Failed as failed:
            return failed.trouble
        found = (
            re.fullmatch(r"\d+(\.\w+)+", version.body.strip()) if version.status == 200 else None
        )
        return f"version {found[0]}" if found else "of an unknown version"

    def close(self) -> None:
        self._web.close()


def made(settings: Settings, tools: Tools) -> Iterator[Source]:
    if settings.mlflow_tracking_uri:
        # What answers a password is not kept: a digest would let it be guessed.
        yield MLflow(tools.web(Server.at(settings.mlflow_tracking_uri), _credentials(settings)))


def _credentials(settings: Settings) -> Credentials:
    token, password = settings.mlflow_tracking_token, settings.mlflow_tracking_password
    if token:
        return Fixed(bearer(token.get_secret_value()))
    if settings.mlflow_tracking_username and password:
        return Fixed(basic(settings.mlflow_tracking_username, password.get_secret_value()))
    return Fixed()


def sites(settings: Settings) -> Iterator[str]:
    if settings.mlflow_tracking_uri:
        yield settings.mlflow_tracking_uri


MAKER = Maker(MLflow.name, NEEDS, made, sites=sites, logins=Logins("MLflow", of_machines=True))
