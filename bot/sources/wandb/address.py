"""Where runs lie at W&B: what links say, and the names that Charter gives them.

Links of the hosted service lie at two addresses of one site: it moved on 30 September 2026, and
what was copied before leads to the old one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from bot.sources.links import Rest, Server

FORGE = Server("https", "forge.coreweave.com", 443, "/wandb")
OLD = Server("https", "wandb.ai", 443, "")
API = Server("https", "api.forge.coreweave.com", 443, "")
_HOSTED = frozenset({API.host, "api.wandb.ai", FORGE.host, OLD.host})

_NAME = r"(?:[A-Za-z0-9._~!@$&'()*+,;=-]|%[0-9A-Fa-f]{2}){1,400}"
_RUN = re.compile(
    rf"/(?P<entity>{_NAME})/(?P<project>{_NAME})/runs/(?P<run>{_NAME})(?:/[^?#]*)?", re.ASCII
)
_PROJECT = re.compile(
    rf"/(?P<entity>{_NAME})/(?P<project>{_NAME})(?:/(?:workspace|table|overview))?/?", re.ASCII
)
_NO_ENTITY = frozenset(
    [
        "account",
        "authorize",
        "fully-connected",
        "home",
        "login",
        "orgs",
        "registry",
        "settings",
        "signup",
        "site",
        "teams",
    ]
)
"""What the first part of an address may be where it names nobody's runs."""


def api_of(base: Server) -> Server:
    """Where the API stands that a base address means: the hosted one under its newest name."""
    return API if base.host in _HOSTED and base.scheme == "https" else base


def sites_of(api: Server) -> tuple[Server, ...]:
    """Where links to what this API tells lead; to the first of them Charter writes its own."""
    if api == API:
        return FORGE, OLD
    if api.host.startswith("api."):
        return Server(api.scheme, "app." + api.host.removeprefix("api."), api.port, ""), api
    return (api,)


@dataclass(frozen=True, slots=True)
class Project:
    """Where runs keep appearing. Names as they are, not as addresses spell them."""

    entity: str
    name: str

    @classmethod
    def of(cls, rest: Rest) -> "Project | None":
        found = _PROJECT.fullmatch(rest.path)
        names = _names(found) if found else None
        return cls(*names) if names and names[0] not in _NO_ENTITY else None

    @classmethod
    def named(cls, key: str) -> "Project":
        entity, _, name = key.partition("/")
        return cls(unquote(entity), unquote(name))

    @property
    def key(self) -> str:
        return f"{_spelled(self.entity)}/{_spelled(self.name)}"

    def url(self, site: Server) -> str:
        return f"{site.url}/{self.key}"


@dataclass(frozen=True, slots=True)
class Address:
    """A run by its project and its id, which is unique in there alone."""

    project: Project
    run: str

    @classmethod
    def of(cls, rest: Rest) -> "Address | None":
        """The run that a link leads to, on whichever tab of its page."""
        found = _RUN.fullmatch(rest.path)
        names = _names(found) if found else None
        return cls(Project(*names[:2]), names[2]) if names else None

    @property
    def key(self) -> str:
        return f"{self.project.key}/{_spelled(self.run)}"

    def url(self, site: Server) -> str:
        return f"{self.project.url(site)}/runs/{_spelled(self.run)}"


def _names(found: re.Match[str]) -> Sequence[str] | None:
    """The parts of a path as they are meant; None where one of them can be no name."""
    try:
        names = [unquote(part, errors="strict") for part in found.groups()]
    except UnicodeDecodeError:
        return None
    odd = any(name in {".", ".."} or "/" in name or not name.isprintable() for name in names)
    return None if odd else names


def _spelled(name: str) -> str:
    return quote(name, safe="")
