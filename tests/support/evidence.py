"""A pull request and a run to begin with, and a strict source in memory that tells of such."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import urlsplit

from bot.sources.base import (
    NOTHING,
    Changes,
    Checks,
    Kind,
    ModelVersion,
    Needs,
    PullRequest,
    PullState,
    Ref,
    Review,
    Run,
    RunState,
    Seen,
    Stream,
    Trouble,
    Why,
)
from bot.sources.models import Named, Post, Rank, Registered
from tests.support.clock import T0

PULL = PullRequest(
    ref=Ref("github", Kind.PULL_REQUEST, "acme/churn#7", "https://github.com/acme/churn/pull/7"),
    repo="acme/churn",
    number=7,
    title="Retry the weather feed",
    author="bea-x",
    state=PullState.OPEN,
    review=Review.REVIEW_REQUIRED,
    requested=("cy-m",),
    approvals=0,
    checks=Checks.PENDING,
    failing=(),
    head="abc123",
    base="main",
    branch="retry-feed",
    private=False,
    opened=T0 - timedelta(days=2),
    updated=T0 - timedelta(hours=1),
    asked={"cy-m": T0 - timedelta(days=1)},
)
RUN = Run(
    ref=Ref("mlflow", Kind.RUN, "0ab12", "https://mlflow.acme.example/#/experiments/3/runs/0ab12"),
    name="gbm-wind",
    state=RunState.RUNNING,
    user="bea",
    experiment="churn",
    started=T0 - timedelta(hours=3),
    ended=None,
    metrics={"accuracy": 0.77},
    params={"depth": "7", "learning_rate": "0.03"},
)


class Told:
    """A source that tells what a test put into `things`; of the rest it says that it is not there.

    `asked` are the passes, each with what it asked for; it tells of the first `most` of those.
    `followed` are the streams that were asked for, each with since when; `by_paths` those of which
    the files were wanted.
    Where it `lists` it leaves out what is known and has not moved, by all but its checks.
    Nothing may be asked that it did not recognise itself. `meanwhile` happens once, after
    a pass was told and before it is given that. Of the repository that it `bars` nothing is read.
    """

    def __init__(self, name: str = "github", host: str = "github.com") -> None:
        self.name = name
        self.host = host
        self.things: dict[Ref, Seen] = {}
        self.asked: list[frozenset[Ref]] = []
        self.followed: list[tuple[str, datetime]] = []
        self.by_paths: list[str] = []
        self.most: int | None = None
        self.lists = False
        self.trouble: Trouble | None = None
        self.breaks = False
        self.meanwhile: Callable[[], object] | None = None
        self.closed = False
        self.bars = ""
        self._lock = Lock()

    @property
    def needs(self) -> Needs:
        return Needs(self.name, "", "", "")

    @property
    def address(self) -> str:
        return f"https://{self.host}"

    def tells(self, *things: PullRequest | Run) -> None:
        for thing in things:
            assert thing.ref == self.recognises(thing.ref.url), "an address of another source"
            self.things[thing.ref] = thing

    def barred(self, where: str) -> str:
        inside = self.bars and f"/{self.bars}/" in f"/{where.lower()}/"
        return self.bars if inside else ""

    def recognises(self, url: str) -> Ref | None:
        parts = urlsplit(url)
        if self.barred(url):
            return None
        if parts.scheme != "https" or parts.netloc != self.host:
            return None
        match parts.path.strip("/").split("/"):
            case [owner, repo, "pull", number, *_] if number.isdigit():
                key = f"{owner}/{repo}#{number}".lower()
                path = f"https://{self.host}/{owner}/{repo}/pull/{number}"
                return Ref(self.name, Kind.PULL_REQUEST, key, path)
            case _:
                return self._run(parts.fragment)

    def _run(self, fragment: str) -> Ref | None:
        match fragment.strip("/").split("/"):
            case ["experiments", experiment, "runs", run, *_]:
                url = f"https://{self.host}/#/experiments/{experiment}/runs/{run}"
                return Ref(self.name, Kind.RUN, run, url)
            case _:
                return None

    def stream(self, url: str) -> Stream | None:
        """A repository, or an experiment."""
        if self.name == "github" and re.fullmatch(r"[\w-]+/[\w-]+", url):
            url = f"https://{self.host}/{url}"
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.netloc != self.host or self.barred(url):
            return None
        match parts.path.strip("/").split("/"), parts.fragment.strip("/").split("/"):
            case [owner, repo], _:
                key = f"{owner}/{repo}".lower()
                return Stream(self.name, Kind.PULL_REQUEST, key, f"https://{self.host}/{key}")
            case _, ["experiments", experiment]:
                url = f"https://{self.host}/#/experiments/{experiment}"
                return Stream(self.name, Kind.RUN, experiment, url)
            case _:
                return None

    def changed(self, stream: Stream, since: datetime) -> Changes:
        assert stream == self.stream(stream.url), f"{stream} was never recognised"
        with self._lock:
            self.followed.append((stream.key, since))
            if stream.wants_paths:
                self.by_paths.append(stream.key)
        if self.trouble:
            return Changes({}, since, self.trouble)
        lying = {ref: one for ref, one in self.things.items() if _lies_in(ref, stream)}
        moved = {ref: at for ref, one in lying.items() if (at := _moved(one)) and at >= since}
        return Changes({ref: lying[ref] for ref in moved}, max(moved.values(), default=since))

    def fetch(
        self, refs: Collection[Ref], known: Mapping[Ref, Seen] = NOTHING
    ) -> Mapping[Ref, Seen]:
        if self.lists:
            refs = [ref for ref in refs if ref not in known or self.moved(ref, known[ref])]
        if self.breaks:
            raise RuntimeError("what no source may do")
        for ref in refs:
            assert ref == self.recognises(ref.url), f"{ref} was never recognised"
        with self._lock:
            self.asked.append(frozenset(refs))
        missing = Trouble(Why.NOT_FOUND)
        told = {ref: self.trouble or self.things.get(ref, missing) for ref in refs}
        if self.most is not None:
            told |= dict.fromkeys([*refs][self.most :], Trouble(Why.RATE_LIMITED))
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
        return told

    def moved(self, ref: Ref, last: Seen) -> bool:
        now = self.things.get(ref)
        if isinstance(now, PullRequest) and isinstance(last, PullRequest):
            return replace(now, checks=last.checks) != last
        return now != last

    def answers(self) -> str | Trouble:
        return self.trouble or f"{self.name} answers"

    def close(self) -> None:
        self.closed = True


def _lies_in(ref: Ref, stream: Stream) -> bool:
    inside = f"{stream.url}/pull/" if stream.kind is Kind.PULL_REQUEST else f"{stream.url}/runs/"
    return ref.kind is stream.kind and ref.url.lower().startswith(inside.lower())


def _moved(thing: Seen) -> datetime | None:
    match thing:
        case PullRequest(updated=at):
            return at
        case Run(started=started, ended=ended):
            return max(filter(None, (started, ended)), default=None)
        case _:
            return None


class Registering(Told):
    """The same of a tracker that has a registry of models.

    `posts` is which version holds what, `models` the tags of the models, `versions` what is told of
    a version; the runs are those of `things`. `looks` are what was known at each look.
    """

    def __init__(self, name: str = "mlflow", host: str = "mlflow.acme.example") -> None:
        super().__init__(name, host)
        self.posts: dict[Post, str] = {}
        self.models: dict[str, dict[str, str]] = {}
        self.versions: dict[Named, ModelVersion] = {}
        self.looks: list[Mapping[Post, str] | None] = []
        self.keeps_back: frozenset[Named] = frozenset()

    def promotes(self, version: ModelVersion, *aliases: str, stage: str = "") -> None:
        """From now on it holds these, which another version of the model may have held."""
        held = [Post(version.name, Rank.ALIAS, alias) for alias in aliases]
        held += [Post(version.name, Rank.STAGE, stage)] if stage else []
        self.models.setdefault(version.name, {})
        self.versions.setdefault((version.name, version.version), version)
        self.posts |= dict.fromkeys(held, version.version)

    def registered(self, known: Mapping[Post, str] | None) -> Registered:
        self.looks.append(known)
        if self.trouble:
            return Registered(is_whole=False, trouble=self.trouble)
        if known is None:
            return Registered(dict(self.posts), dict(self.models))
        now, before = set(self.posts.items()), set(known.items())
        moved = {(post.model, version) for post, version in now ^ before}
        told = {named: self._version(named) for named in moved - self.keeps_back}
        runs = {ref.key: run for ref, run in self.things.items() if isinstance(run, Run)}
        made = {one.run: self.made(runs[one.run]) for one in told.values() if one and one.run}
        return Registered(dict(self.posts), dict(self.models), told, made)

    def _version(self, named: Named) -> ModelVersion | None:
        found = self.versions.get(named)
        if found is None:
            return None
        held = [post for post, version in self.posts.items() if (post.model, version) == named]
        aliases = sorted(post.name for post in held if post.rank is Rank.ALIAS)
        stage = next((post.name for post in held if post.rank is Rank.STAGE), "")
        return replace(found, aliases=tuple(aliases), stage=stage)

    def made(self, run: Run) -> Run:
        """The run with the versions that it made."""
        some = [
            self._version(named) for named, one in self.versions.items() if one.run == run.ref.key
        ]
        return replace(run, models=tuple(filter(None, some)))
