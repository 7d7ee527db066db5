"""GitHub: pull requests, by one GraphQL question for up to fifty of them, or by REST.

REST where a server has no GraphQL, and where nobody gave a token: without one GitHub answers no
GraphQL.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.fence import Fence
from bot.settings import Settings
from bot.sources import reading
from bot.sources.base import (
    NOTHING,
    Changes,
    Checks,
    Kind,
    Needs,
    PullRequest,
    Ref,
    Seen,
    Source,
    Stream,
    Trouble,
    Why,
)
from bot.sources.credentials import Fixed, bearer
from bot.sources.github import graphql, limits, moving, owners, pages, repair, rest
from bot.sources.github.address import Address, graphql_path, repository_of
from bot.sources.github.doors import HEADERS, AppDoors, Doors, OneDoor, Proof
from bot.sources.github.graphql import NoGraphQL
from bot.sources.links import Rest, Server
from bot.sources.making import Logins, Maker
from bot.sources.moved import changes
from bot.sources.owning import Ownership
from bot.sources.replies import Failed
from bot.sources.web import LONG_AGO, Tools, Visit

Clock = Callable[[], datetime]

EVERYTHING = Fence()
NOT_KNOWN = "Without GITHUB_TOKEN Charter sees public repositories only."
WITHOUT_GRAPHQL = timedelta(hours=1)
"""How long a server that answered no GraphQL is asked by REST alone."""
CALM_AFTER = timedelta(minutes=20)
"""How long what has moved is looked at with every pass."""
NEWEST = 100
"""Pull requests of a repository, the last touched first, that tell whether one has changed."""


NEEDS = Needs(
    title="GitHub",
    address="GITHUB_API_URL",
    absent="GITHUB_APP_ID with its key, or GITHUB_TOKEN, lets Charter read pull requests",
    mend="Set GITHUB_TOKEN to one that has not expired and may read pull requests, or "
    "GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY to those of an app that is installed there.",
)


class GitHub:
    """GitHub's own site or an Enterprise server. `api` and `web` are two addresses of one."""

    name = "github"
    needs = NEEDS

    def __init__(
        self, doors: Doors, api: Server, site: Server, clock: Clock, fence: Fence = EVERYTHING
    ) -> None:
        """`doors` lead to the API's host; beyond the `fence` nothing is recognised or asked for."""
        self._doors = doors
        self._clock = clock
        self._at = api.url
        self._api = api.prefix
        self._graphql = graphql_path(api)
        self._site = site
        self._fence = fence
        self._rest_until = LONG_AGO

    @property
    def address(self) -> str:
        return self._at

    def recognises(self, url: str) -> Ref | None:
        address = self._address(url)
        if address is not None:
            return Ref(self.name, Kind.PULL_REQUEST, address.key, address.url(self._site))
        page = self._page(url)
        return Ref(self.name, Kind.PAGE, page.key, page.url(self._site)) if page else None

    def _page(self, url: str) -> pages.Place | None:
        rest_of_it = self._site.rest(url)
        found = pages.Place.of(rest_of_it) if rest_of_it else None
        return found if found and self._fence.admits(found.repo) else None

    def _address(self, url: str) -> Address | None:
        rest_of_it = self._site.rest(url)
        found = Address.of(rest_of_it) if rest_of_it else None
        return found if found and self._fence.admits(found.repo) else None

    def stream(self, url: str) -> Stream | None:
        """A repository, by its address or, as its people say it, by `owner/name`."""
        rest_of_it = self._site.rest(url) or Rest(f"/{url}", "", "")
        repo = repository_of(rest_of_it)
        if repo is None or not self._fence.admits(repo):
            return None
        return Stream(self.name, Kind.PULL_REQUEST, repo, f"{self._site.url}/{repo}")

    def barred(self, where: str) -> str:
        rest_of_it = self._site.rest(where) or Rest(f"/{where}", "", "")
        page = Address.of(rest_of_it) or pages.Place.of(rest_of_it)
        repo = page.repo if page else repository_of(rest_of_it)
        return "" if repo is None or self._fence.admits(repo) else repo

    def fetch(
        self, refs: Collection[Ref], known: Mapping[Ref, Seen] = NOTHING
    ) -> Mapping[Ref, Seen]:
        return self._fetched(Visits(self._doors), refs, known)

    def _fetched(
        self, visits: "Visits", refs: Collection[Ref], known: Mapping[Ref, Seen] = NOTHING
    ) -> Mapping[Ref, Seen]:
        seen: dict[Ref, Seen] = {}
        papers: list[tuple[Ref, pages.Place]] = []
        wanted: dict[str, list[tuple[Ref, Address]]] = defaultdict(list)
        unmoved = self._unmoved(visits, {ref: known[ref] for ref in refs if ref in known})
        for ref in dict.fromkeys(refs):
            if ref in unmoved:
                continue
            address = self._address(ref.url)
            page = self._page(ref.url)
            if page is not None:
                papers.append((ref, page))
            elif address is None:
                seen[ref] = Trouble(Why.NOT_FOUND, detail="It lies at no server that is set up.")
            else:
                wanted[visits.name(address.owner)].append((ref, address))
        for mine in wanted.values():
            for begin in range(0, len(mine), graphql.AT_ONCE):
                seen.update(self._looked(visits, mine[begin : begin + graphql.AT_ONCE]))
        # Pages come last: they are a question each, and must leave nothing else unseen.
        return seen | pages.read(visits.to, self._api, papers)

    def _looked(
        self, visits: "Visits", wanted: Sequence[tuple[Ref, Address]]
    ) -> Mapping[Ref, Seen]:
        try:
            visit = visits.to(wanted[0][1].owner)
        except Failed as failed:
            return dict.fromkeys((ref for ref, _ in wanted), failed.trouble)
        if self._has_graphql():
            try:
                return graphql.looked(visit, self._graphql, wanted)
            except NoGraphQL:
                self._rest_until = self._clock() + WITHOUT_GRAPHQL
        return {ref: self._looked_at(visit, ref, address) for ref, address in wanted}

    def _has_graphql(self) -> bool:
        return self._doors.is_known and self._rest_until <= self._clock()

    def _looked_at(self, visit: Visit, ref: Ref, address: Address) -> Seen:
        try:
            return rest.seen(visit, self._api, ref, address)
        except Failed as failed:
            if failed.trouble.why is Why.NOT_FOUND and not self._doors.is_known:
                return Trouble(Why.NOT_FOUND, detail=NOT_KNOWN)
            return failed.trouble

    def _unmoved(self, visits: "Visits", known: Mapping[Ref, Seen]) -> frozenset[Ref]:
        """By one list for each repository, which with a token costs nothing while nothing there has
        changed. GraphQL looks at fifty for as little.
        """
        if self._has_graphql():
            return frozenset()
        by_repo: dict[str, dict[int, tuple[Ref, PullRequest]]] = defaultdict(dict)
        for ref, last in known.items():
            address = self._address(ref.url)
            if address and isinstance(last, PullRequest) and self._is_calm(last):
                by_repo[address.repo][address.number] = ref, last
        unmoved: set[Ref] = set()
        for repo, mine in by_repo.items():
            try:
                listed = self._listed(visits.to(repo.partition("/")[0]), repo)
            except Failed:
                continue
            reaches_back = len(listed) < NEWEST  # a server that lists nothing tells nothing
            for number, (ref, last) in mine.items():
                pull = listed.get(number)
                if _differs(last, pull) if pull is not None else reaches_back:
                    continue
                unmoved.add(ref)
        return frozenset(unmoved)

    def _is_calm(self, last: PullRequest) -> bool:
        """What becomes of checks moves no date, and after a push they may not have begun yet."""
        if last.checks is Checks.PENDING or last.updated is None:
            return False
        return self._clock() - last.updated > CALM_AFTER

    def _listed(self, visit: Visit, repo: str) -> dict[int, Mapping[str, Any]]:
        reply = visit.get(
            f"{self._api}/repos/{repo}/pulls",
            state="all",
            sort="updated",
            direction="desc",
            per_page=NEWEST,
        )
        return {
            number: pull
            for pull in reading.objects(reply.json())
            if (number := reading.whole(pull.get("number"))) is not None
        }

    def changed(self, stream: Stream, since: datetime) -> Changes:
        """By lists of the repository, whose first page costs nothing while it stays the same."""
        owner, visits = stream.key.partition("/")[0], Visits(self._doors)
        try:
            visit = visits.to(owner)
            found = moving.moved(visit, self._api, stream.key, since)
        except Failed as failed:
            return Changes({}, since, failed.trouble)
        refs = {self._ref(stream.key, number): at for number, at in found.at.items()}
        seen = self._fetched(visits, refs)
        if stream.wants_paths:
            seen = self._with_paths(visit, seen)
        return changes(refs, seen, since, self._clock(), found.reached)

    def _with_paths(self, visit: Visit, seen: Mapping[Ref, Seen]) -> Mapping[Ref, Seen]:
        """By REST the files are a question each; GraphQL has told them."""
        told: dict[Ref, Seen] = {}
        for ref, one in seen.items():
            told[ref] = one
            address = self._address(ref.url)
            if isinstance(one, PullRequest) and not one.paths and address is not None:
                try:
                    told[ref] = replace(one, paths=rest.paths(visit, self._api, address))
                except Failed as failed:
                    told[ref] = failed.trouble
        return told

    def _ref(self, repo: str, number: int) -> Ref:
        owner, _, name = repo.partition("/")
        address = Address(owner, name, number)
        return Ref(self.name, Kind.PULL_REQUEST, address.key, address.url(self._site))

    def ownership(self, stream: Stream) -> Ownership | Trouble:
        """By REST alone: GraphQL does not tell who is in a team to whom it does not belong."""
        owner = stream.key.partition("/")[0]
        try:
            return owners.ownership(self._doors.to(owner).visit(), self._api, stream.key)
        except Failed as failed:
            return failed.trouble

    def answers(self) -> str | Trouble:
        """By a question that costs nothing."""
        visit = self._doors.any().visit()
        try:
            return limits.told(visit, self._api)
        except Failed as failed:
            return failed.trouble

    def repaired(self, since: datetime) -> int:
        """Only an app has a webhook of its own, whose deliveries it may see."""
        if isinstance(self._doors, OneDoor):
            return 0
        return repair.repaired(self._doors.any().visit(), self._api, since)

    def close(self) -> None:
        self._doors.close()


def _differs(last: PullRequest, listed: Mapping[str, Any]) -> bool:
    head = reading.text(reading.mapping(listed, "head").get("sha"))
    private = reading.mapping(listed, "base", "repo").get("private") is not False
    now = (reading.moment(listed.get("updated_at")), rest.state_of(listed), head, private)
    return now != (last.updated, last.state, last.head, last.private)


@dataclass(slots=True)
class Visits:
    """One pass over all of GitHub: a visit for each way in, begun when it is needed. All of them
    end together: whoever waits for the pass waits as long for many accounts as for one.
    """

    doors: Doors
    begun: dict[int, Visit] = field(default_factory=dict)
    deadline: float | None = None

    def to(self, owner: str) -> Visit:
        """Raises `Failed` where no way leads there."""
        web = self.doors.to(owner)
        if id(web) not in self.begun:
            self.begun[id(web)] = web.visit(self.deadline)
            self.deadline = self.begun[id(web)].deadline
        return self.begun[id(web)]

    def name(self, owner: str) -> str:
        """What those that are asked for together have in common."""
        return "" if isinstance(self.doors, OneDoor) else owner


def made(settings: Settings, tools: Tools) -> Iterator[Source]:
    if not settings.reads_github():
        return
    api, site = Server.at(settings.github_api_url), Server.at(settings.github_web())
    fence = Fence.of(settings.github_repositories)
    yield GitHub(_doors(settings, tools, api), api, site, tools.clock, fence)


def _doors(settings: Settings, tools: Tools, api: Server) -> Doors:
    key, token = settings.github_app_private_key, settings.github_token
    if settings.github_app_id and key:
        return AppDoors(
            tools, api, Proof(settings.github_app_id, key.get_secret_value(), tools.clock)
        )
    credentials = Fixed(bearer(token.get_secret_value()) if token else {})
    web = tools.web(api.root, credentials, HEADERS, keeps=True)
    return OneDoor(web, is_known=bool(token))


def sites(settings: Settings) -> Iterator[str]:
    if settings.reads_github():
        yield settings.github_web()


MAKER = Maker(GitHub.name, NEEDS, made, sites=sites, logins=Logins("GitHub", also=("gh",)))
