"""Tally: a tracker that a test makes up, as whoever adds a further source would write it.

It is put among the sources of a copy of Charter, with its line in `MAKERS` and nothing else.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from bot.setting_values import Address, Secret
from bot.settings import OwnSettings, Settings
from bot.sources import reading
from bot.sources.base import (
    NOTHING,
    Changes,
    Kind,
    Needs,
    Ref,
    Run,
    RunState,
    Seen,
    Source,
    Stream,
    Trouble,
)
from bot.sources.credentials import Fixed, bearer
from bot.sources.links import Server
from bot.sources.making import Logins, Maker
from bot.sources.moved import changes
from bot.sources.replies import Failed
from bot.sources.web import Tools, Visit, Web

NEEDS = Needs(
    title="Tally",
    address="TALLY_URL",
    absent="TALLY_URL lets Charter read runs of Tally",
    mend="Set TALLY_TOKEN to one that may read runs.",
)
_RUN = re.compile(r"/runs/(?P<id>[a-z0-9]+)", re.ASCII)
_PROJECT = re.compile(r"/projects/(?P<id>[a-z0-9]+)", re.ASCII)


class TallySettings(OwnSettings):
    tally_url: Address | None = Field(None, description="The address of Tally.")
    tally_token: Secret | None = Field(None, description="Reads runs of Tally.")


class Tally:
    """One Tally, as `web` reaches it."""

    name = "tally"
    needs = NEEDS

    def __init__(self, web: Web) -> None:
        self._web = web

    @property
    def address(self) -> str:
        return self._web.server.url

    def recognises(self, url: str) -> Ref | None:
        rest = self._web.server.rest(url)
        found = _RUN.fullmatch(rest.path) if rest else None
        return self._ref(found["id"]) if found else None

    def _ref(self, id: str) -> Ref:
        return Ref(self.name, Kind.RUN, id, f"{self.address}/runs/{id}")

    def stream(self, url: str) -> Stream | None:
        rest = self._web.server.rest(url)
        found = _PROJECT.fullmatch(rest.path) if rest else None
        key = found["id"] if found else ""
        return Stream(self.name, Kind.RUN, key, f"{self.address}/projects/{key}") if key else None

    def fetch(
        self, refs: Collection[Ref], known: Mapping[Ref, Seen] = NOTHING
    ) -> Mapping[Ref, Seen]:
        visit = self._web.visit()
        return {ref: self._look(visit, ref) for ref in refs}

    def _look(self, visit: Visit, ref: Ref) -> Seen:
        try:
            return self._run(ref, visit.get(f"/api/runs/{ref.key}").json())
        except Failed as failed:
            return failed.trouble

    def _run(self, ref: Ref, told: Any) -> Run:
        run = reading.mapping(told)
        numbers = reading.mapping(run, "metrics").items()
        return Run(
            ref,
            name=reading.text(run.get("name")),
            state=RunState.FINISHED if run.get("ended") else RunState.RUNNING,
            user=reading.text(run.get("user")),
            experiment=reading.text(run.get("project")),
            experiment_id=reading.text(run.get("project")),
            started=reading.moment(run.get("started")),
            ended=reading.moment(run.get("ended")),
            metrics={name: n for name, one in numbers if (n := reading.number(one)) is not None},
        )

    def changed(self, stream: Stream, since: datetime) -> Changes:
        visit = self._web.visit()
        try:
            told = visit.get(f"/api/projects/{stream.key}", since=since.isoformat()).json()
        except Failed as failed:
            return Changes({}, since, failed.trouble)
        moved = {
            self._ref(reading.text(one.get("id"))): reading.moment(one.get("moved")) or since
            for one in reading.objects(told)
        }
        seen = {ref: self._look(visit, ref) for ref in moved}
        return changes(moved, seen, since, self._web.theirs())

    def answers(self) -> str | Trouble:
        try:
            told = reading.mapping(self._web.visit().get("/api/version").json())
        except Failed as failed:
            return failed.trouble
        return f"version {reading.text(told.get('version'))}"

    def close(self) -> None:
        self._web.close()


def made(settings: Settings, tools: Tools) -> Iterator[Source]:
    own = settings.own(TallySettings)
    if own.tally_url:
        token = bearer(own.tally_token.get_secret_value()) if own.tally_token else {}
        yield Tally(tools.web(Server.at(own.tally_url), Fixed(token), keeps=True))


def sites(settings: Settings) -> Iterator[str]:
    if address := settings.own(TallySettings).tally_url:
        yield address


MAKER = Maker(
    Tally.name,
    NEEDS,
    made,
    own=TallySettings,
    sites=sites,
    logins=Logins("Tally", also=("tallies",)),
)
