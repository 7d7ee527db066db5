"""Where a pull request lies: what its link says, and where GitHub's interfaces have it."""

import re
from dataclasses import dataclass

from bot.sources.links import Rest, Server

LARGEST_NUMBER = 2**31 - 1

_PATH = re.compile(
    r"/(?P<owner>[A-Za-z0-9][A-Za-z0-9_-]{0,99})/(?P<name>[A-Za-z0-9._-]{1,100})"
    r"/pull/(?P<number>[1-9][0-9]{0,9})(?:/[A-Za-z0-9._/-]*)?",
    re.ASCII,
)
_REPOSITORY = re.compile(
    r"/(?P<owner>[A-Za-z0-9][A-Za-z0-9_-]{0,99})/(?P<name>[A-Za-z0-9._-]{1,100})/?", re.ASCII
)
_ENTERPRISE = "/api/v3"


@dataclass(frozen=True, slots=True)
class Address:
    """A pull request by its repository and number, in lower case: to GitHub case means nothing."""

    owner: str
    name: str
    number: int

    @classmethod
    def of(cls, rest: Rest) -> "Address | None":
        """The pull request that a link to GitHub leads to, on whichever tab of its page."""
        found = _PATH.fullmatch(rest.path)
        if found is None or found["name"] in {".", ".."}:
            return None
        number = int(found["number"])
        if number > LARGEST_NUMBER:
            return None
        return cls(found["owner"].lower(), found["name"].lower(), number)

    @property
    def repo(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def key(self) -> str:
        return f"{self.repo}#{self.number}"

    def url(self, web: Server) -> str:
        return f"{web.url}/{self.repo}/pull/{self.number}"


def repository_of(rest: Rest) -> str | None:
    """The repository that a link leads to the front page of, in lower case."""
    found = _REPOSITORY.fullmatch(rest.path)
    if found is None or found["name"] in {".", ".."}:
        return None
    return f"{found['owner']}/{found['name'].removesuffix('.git')}".lower()


def graphql_path(api: Server) -> str:
    """Where GraphQL lies beside this REST API."""
    if api.prefix.endswith(_ENTERPRISE):
        return api.prefix.removesuffix("/v3") + "/graphql"
    return api.prefix + "/graphql"
