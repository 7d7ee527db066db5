"""Where runs lie on an MLflow server: what links say, and the names that Charter gives them."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from bot.sources.links import Rest, Server

_RUN = re.compile(
    r"/?(?:ml/)?experiments/(?P<experiment>[0-9]{1,20})"
    r"/runs/(?P<run>[A-Za-z0-9_-]{1,64})(?:/[^?#]*)?(?:\?(?P<query>.*))?"
)
_EXPERIMENT = re.compile(
    r"/?(?:ml/)?experiments/(?P<experiment>[0-9]{1,20})(?:/runs)?/?(?:\?(?P<query>.*))?"
)
_WORKSPACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")


@dataclass(frozen=True, slots=True)
class Experiment:
    """Where runs keep appearing."""

    id: str
    workspace: str = ""

    @classmethod
    def of(cls, rest: Rest) -> "Experiment | None":
        found = _found(_EXPERIMENT, rest)
        return cls(*found) if found else None

    @classmethod
    def named(cls, key: str) -> "Experiment":
        workspace, _, id = key.rpartition("/")
        return cls(id, workspace)

    @property
    def key(self) -> str:
        return f"{self.workspace}/{self.id}" if self.workspace else self.id

    def url(self, server: Server) -> str:
        behind = f"?workspace={self.workspace}" if self.workspace else ""
        return f"{server.url}/#/experiments/{self.id}{behind}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a run lies on the server. Its id is unique there, whatever the experiment."""

    experiment: str
    run: str
    workspace: str = ""

    @classmethod
    def of(cls, rest: Rest) -> "Address | None":
        """The run that a link leads to."""
        found = _found(_RUN, rest)
        return cls(*found) if found else None

    def url(self, server: Server) -> str:
        behind = f"?workspace={self.workspace}" if self.workspace else ""
        return f"{server.url}/#/experiments/{self.experiment}/runs/{self.run}{behind}"


def _found(form: re.Pattern[str], rest: Rest) -> tuple[str, ...] | None:
    """The names in a link, with the workspace behind them. MLflow's pages lie behind the #,
    Databricks' do not.
    """
    inside = form.fullmatch(rest.fragment) if rest.path in ("", "/") else None
    found = inside or (form.fullmatch(rest.path) if rest.path.startswith("/ml/") else None)
    if found is None:
        return None
    *names, query = found.groups()
    asked = parse_qs(rest.query) | parse_qs(query or "")
    workspace = asked.get("workspace", [""])[0]
    if workspace and not _WORKSPACE.fullmatch(workspace):
        return None
    return (*names, workspace)
