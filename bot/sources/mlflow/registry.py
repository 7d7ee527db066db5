"""MLflow's model registry: what became of runs, and which version holds which alias or stage.

MLflow does not tell who set an alias, nor when. It tells since when a version is in a stage, as
long as nothing else of that version was edited.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote

from bot.sources import reading
from bot.sources.base import ModelVersion, Run, Trouble, Why
from bot.sources.links import Server
from bot.sources.mlflow.address import Address
from bot.sources.mlflow.looking import (
    LONGEST_TOKEN,
    NO_MLFLOW,
    PAGES,
    UNKNOWN,
    Look,
    ref_at,
    told_by,
)
from bot.sources.models import Named, Post, Rank, Registered
from bot.sources.replies import Failed, Reply

RUNS_AT_ONCE: Final = 50
"""Runs that are named in one address, which some proxies keep short."""
MODELS_AT_ONCE: Final = 100
MOST_MODELS: Final = 2_000
"""Models whose aliases are looked at; of those the first by name."""
MOST_ALIASED: Final = 50
"""Models of the runs of one pass that are asked for their aliases."""
MOST_MOVED: Final = 40
"""Versions of one pass that are asked for, each with its run."""
MOST_TAGS: Final = 20

_PROMPT: Final = "mlflow.prompt.is_prompt"
"""How MLflow marks what lies among its models and is none."""
_STAGES: Final = frozenset({"Staging", "Production"})
_BAD_REQUEST: Final = 400
"""What servers say to a question that their registry does not know."""


@dataclass(slots=True)
class Registry:
    """Looking at the registry within one pass over a workspace of a server."""

    look: Look
    server: Server
    _aliases: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def of_runs(self, runs: Collection[str]) -> dict[str, tuple[ModelVersion, ...]]:
        """What these runs (ids) made. Nothing where the server has no registry, or shows none of
        it; raises `Failed` where another look may tell.
        """
        found: dict[str, list[ModelVersion]] = defaultdict(list)
        wanted = sorted(set(runs))
        try:
            for begin in range(0, len(wanted), RUNS_AT_ONCE):
                for told in self._made_by(wanted[begin : begin + RUNS_AT_ONCE]):
                    one = self._version(told, self._held_by(told))
                    found[one.run].append(one)
        except Failed as failed:
            if not _is_none(failed.trouble):
                raise
            return {}
        return {run: tuple(sorted(some, key=_newest_first)) for run, some in found.items()}

    def registered(self, known: Mapping[Post, str] | None) -> Registered:
        """Which version holds what; see `bot.sources.base.Registers`. Raises `Failed`."""
        models, is_whole = self._models()
        tags = {_name(one): tags_of(one) for one in models}
        holders = {post: version for one in models for post, version in _holders(one)}
        told = Registered(holders, tags, is_whole=is_whole)
        if known is None:
            return told
        try:
            versions, runs = self._moved(_differing(known, told))
        except Failed as failed:
            return replace(told, trouble=failed.trouble)
        return replace(told, versions=versions, runs=runs)

    def _moved(
        self, wanted: Sequence[Named]
    ) -> tuple[dict[Named, ModelVersion | None], dict[str, Run]]:
        """These versions, and the runs that made them. Raises `Failed`."""
        versions = {one: self._got(one) for one in wanted}
        made = sorted({one.run for one in versions.values() if one is not None and one.run})
        self.look.models = {one.run: (one,) for one in versions.values() if one and one.run}
        self.look.models |= self.of_runs(made)
        runs = {id: run for id in made if (run := self._run(id)) is not None}
        return versions, runs

    def _got(self, named: Named) -> ModelVersion | None:
        """None where it is not there (any more), or not for Charter to see."""
        model, version = named
        try:
            told = told_by(self._ask("/model-versions/get", name=model, version=version))
        except Failed as failed:
            if not _is_none(failed.trouble):
                raise
            return None
        found = reading.mapping(told, "model_version")
        aliases = found.get("aliases")
        called = aliases if isinstance(aliases, list) else []
        return self._version(found, tuple(filter(None, map(reading.text, called))))

    def _run(self, id: str) -> Run | None:
        """The run of that id; None where it is not there any more."""
        try:
            told = self.look.got(id)
        except Failed as failed:
            if not _is_none(failed.trouble):
                raise
            return None
        experiment = reading.text(reading.mapping(told, "info").get("experiment_id"))
        found = self.look.read(ref_at(self.server, Address(experiment, id)), told)
        return None if isinstance(found, Trouble) else found

    # --- what is asked ---

    def _made_by(self, runs: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        among = ",".join(f"'{run}'" for run in runs)
        asked: dict[str, str | int] = {"filter": f"run_id IN ({among})", "max_results": 1000}
        for told in self._paged("/model-versions/search", asked):
            for one in reading.objects(told.get("model_versions")):
                if reading.text(one.get("run_id")) in runs:
                    yield one

    def _models(self) -> tuple[list[Mapping[str, Any]], bool]:
        """The registered models, and whether those are all."""
        found: list[Mapping[str, Any]] = []
        pages = self._paged("/registered-models/search", {"max_results": MODELS_AT_ONCE})
        for told in pages:
            some = reading.objects(told.get("registered_models"))
            found += [one for one in some if _name(one) and tags_of(one).get(_PROMPT) != "true"]
            if len(found) >= MOST_MODELS:
                return found, False
        return found, True

    def _paged(self, path: str, asked: Mapping[str, str | int]) -> Iterator[Mapping[str, Any]]:
        token = ""
        for _ in range(max(PAGES, MOST_MODELS // MODELS_AT_ONCE)):
            told = told_by(self._ask(path, **asked, **({"page_token": token} if token else {})))
            yield told
            token = reading.text(told.get("next_page_token"), LONGEST_TOKEN)
            if not token:
                return

    def _held_by(self, told: Mapping[str, Any]) -> tuple[str, ...]:
        """The aliases of a version, which a search for versions does not tell."""
        model, version = _name(told), reading.text(told.get("version"))
        if model not in self._aliases:
            if len(self._aliases) >= MOST_ALIASED:
                return ()
            found = told_by(self._ask("/registered-models/get", name=model))
            self._aliases[model] = _aliases(reading.mapping(found, "registered_model"))
        return tuple(alias for alias, holder in self._aliases[model].items() if holder == version)

    def _ask(self, path: str, **parameters: str | int) -> Reply:
        reply = self.look.get(path, UNKNOWN, **parameters)
        if reply.status == _BAD_REQUEST:
            raise Failed(Trouble(Why.NOT_FOUND))
        return reply

    def _version(self, told: Mapping[str, Any], aliases: Sequence[str]) -> ModelVersion:
        model, version = _name(told), reading.text(told.get("version"))
        stage = reading.text(told.get("current_stage"))
        edited = reading.milliseconds(told.get("last_updated_timestamp"))
        behind = f"?workspace={self.look.workspace}" if self.look.workspace else ""
        where = f"{quote(model, safe='')}/versions/{quote(version, safe='')}{behind}"
        return ModelVersion(
            name=model,
            version=version,
            run=reading.text(told.get("run_id")),
            aliases=tuple(sorted(aliases)),
            stage="" if stage == "None" else stage,
            by=reading.text(told.get("user_id")),
            made=reading.milliseconds(told.get("creation_timestamp")),
            promoted=edited if stage in _STAGES else None,
            url=f"{self.server.url}/#/models/{where}",
            tags=tags_of(told),
        )


def _is_none(trouble: Trouble) -> bool:
    """Whether there is no such thing for Charter, and not only no answer this time."""
    return trouble.why in (Why.NOT_FOUND, Why.FORBIDDEN) or trouble.detail == NO_MLFLOW


def _name(told: Mapping[str, Any]) -> str:
    return reading.text(told.get("name"))


def tags_of(told: Mapping[str, Any]) -> dict[str, str]:
    some = [one for one in reading.objects(told.get("tags")) if reading.text(one.get("key"))]
    return {reading.text(one["key"]): reading.text(one.get("value")) for one in some[:MOST_TAGS]}


def _aliases(model: Mapping[str, Any]) -> dict[str, str]:
    some = [
        (reading.text(one.get("alias")), reading.text(one.get("version")))
        for one in reading.objects(model.get("aliases"))
    ]
    return {alias: version for alias, version in some if alias and version}


def _holders(model: Mapping[str, Any]) -> Iterator[tuple[Post, str]]:
    """Of several versions in one stage MLflow tells the newest."""
    for alias, version in _aliases(model).items():
        yield Post(_name(model), Rank.ALIAS, alias), version
    for one in reading.objects(model.get("latest_versions")):
        stage, version = reading.text(one.get("current_stage")), reading.text(one.get("version"))
        if stage in _STAGES and version:
            yield Post(_name(model), Rank.STAGE, stage), version


def _differing(known: Mapping[Post, str], told: Registered) -> list[Named]:
    """The versions that hold or held what is held otherwise than was known, what is new first."""
    found: dict[Named, None] = {}
    for post, version in told.holders.items():
        if known.get(post) != version:
            found[post.model, version] = None
            if post in known:
                found[post.model, known[post]] = None
    for post, version in known.items() if told.is_whole else ():
        if post not in told.holders:
            found[post.model, version] = None
    return [*found][:MOST_MOVED]


def _newest_first(one: ModelVersion) -> tuple[str, int, str]:
    number = int(one.version) if one.version.isascii() and one.version.isdigit() else 0
    return one.name, -number, one.version
