"""Pull requests and runs of projects: who linked them to what, and what was seen of them last.

Linking is a fact of the charter, which the ledger writes through `tie` and `untie`. What was seen
is machine state, written by `record`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, func, insert, select, update
from sqlmodel import Session

from bot.attaching import Attached, By
from bot.changes import PullRequestLinked, RunLinked, TieChange
from bot.evidence import Sighting
from bot.identities import is_shared
from bot.links import Linked, repo_and_number
from bot.people import Surface
from bot.sight import PlainRoom
from bot.sources.base import (
    Kind,
    PullRequest,
    PullState,
    Ref,
    Run,
    RunState,
    Trouble,
    Why,
)
from storage import sightings
from storage.database import plainly
from storage.tables import (
    ChannelRow,
    Identity,
    ProjectRow,
    PullRequestRow,
    RunRow,
    columns,
    table_of,
)

CHUNK: Final = 500
"""Keys in one question."""
SHORTEST_COMMIT: Final = 7
"""Characters of a commit that still tell it from others."""

_Row = PullRequestRow | RunRow
_MODELS: Final[Mapping[Kind, type[_Row]]] = {Kind.PULL_REQUEST: PullRequestRow, Kind.RUN: RunRow}
_PROJECT = columns(ProjectRow)
_OVERRULED: Final = TypeAdapter(Attached)


# --- linking --------------------------------------------------------------------------------------


def tie(session: Session, change: TieChange, recorded: Mapping[str, Any]) -> None:
    """Link it to the project, and to the item, of the change; who did so is `recorded`."""
    assert change.after is not None
    model, named = _named(change)
    source = change.source if isinstance(change, PullRequestLinked) else change.tracker
    row = columns(model)
    said = {
        **recorded,
        "url": change.url,
        "item_key": change.after.key,
        "unlinked_at": None,
        "is_polled": True,
    }
    present = session.execute(select(row.id).where(*_same(model, change.project, named))).scalar()
    if present is not None:
        session.execute(update(table_of(model)).where(row.id == present).values(**said))
        return
    state = PullState.OPEN.value if model is PullRequestRow else RunState.RUNNING.value
    first = {"project_id": change.project, "state": state, "details": {"source": source}}
    session.execute(insert(table_of(model)), [{**named, **first, **said}])


def untie(session: Session, change: TieChange, now: datetime, recorded: Mapping[str, Any]) -> None:
    """It does not belong to the project any more, says who is `recorded`; what was seen stays."""
    model, named = _named(change)
    session.execute(
        update(table_of(model))
        .where(*_same(model, change.project, named))
        .values(**recorded, unlinked_at=now, is_polled=False)
    )


def _named(change: TieChange) -> tuple[type[_Row], dict[str, Any]]:
    match change:
        case PullRequestLinked(repo=repo, number=number):
            return PullRequestRow, {"repo": repo, "number": number}
        case RunLinked(tracker=tracker, run=run):
            return RunRow, {"tracker": tracker, "run_id": run}


def _same(
    model: type[_Row], project: int, named: Mapping[str, Any]
) -> tuple[ColumnElement[bool], ...]:
    """A document may spell a repository with capitals."""
    row = columns(model)
    told = (
        func.lower(row[name]) == value.lower() if name == "repo" else row[name] == value
        for name, value in named.items()
    )
    return (row.project_id == project, *told)


# --- reading --------------------------------------------------------------------------------------


def of_ref(session: Session, workspace: int, ref: Ref) -> list[Linked]:
    """Where in a workspace something is linked, or was: at most once in a project."""
    row = columns(_MODELS[ref.kind])
    if ref.kind is Kind.PULL_REQUEST:
        repo, number = repo_and_number(ref)
        named = (func.lower(row.repo) == repo, row.number == number)
    else:
        named = (row.tracker == ref.source, row.run_id == ref.key)
    found = _select(ref.kind).where(_PROJECT.workspace_id == workspace, *named)
    rows = plainly(session).execute(found).mappings()
    # What a document told has no address yet: it is known by its name.
    return [_linked(ref.kind, row, ref) for row in rows]


def of_refs(session: Session, workspace: int, refs: Collection[Ref]) -> dict[Ref, list[Linked]]:
    """The same for many at once; what is linked nowhere, and never was, is left out."""
    found: dict[Ref, list[Linked]] = defaultdict(list)
    for kind in _MODELS:
        wanted = {ref.key: ref for ref in refs if ref.kind is kind}
        for mine in _keyed(kind, wanted):
            asked = _select(kind).where(_PROJECT.workspace_id == workspace, *mine)
            for told in plainly(session).execute(asked).mappings():
                ref = wanted.get(_ref(kind, told).key)
                if ref is not None and told.get("tracker", ref.source) == ref.source:
                    found[ref].append(_linked(kind, told, ref))
    return found


def _keyed(kind: Kind, keys: Collection[str]) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """Conditions, of which each of these meets one."""
    row, starts = columns(_MODELS[kind]), range(0, len(keys), CHUNK)
    if kind is Kind.RUN:
        ids = sorted(keys)
        yield from ((row.run_id.in_(ids[start : start + CHUNK]),) for start in starts)
        return
    repos: dict[str, list[int]] = defaultdict(list)
    for repo, _, number in (key.rpartition("#") for key in keys):
        repos[repo].append(int(number))
    for repo, some in sorted(repos.items()):
        for start in range(0, len(some), CHUNK):
            yield func.lower(row.repo) == repo, row.number.in_(some[start : start + CHUNK])


def at_commits(
    session: Session, workspace: int, commits: Mapping[str, str]
) -> dict[str, tuple[int, str | None]]:
    """The project and item of the linked pull requests that these commits, whole or abbreviated,
    belong to, each with the repository that it is said to lie in, if any. Where several have one,
    those of that repository count first (it may be called otherwise by now), then the first linked.
    """
    found: dict[str, tuple[int, str | None]] = {}
    exact: set[str] = set()
    row = columns(PullRequestRow)
    seen = row.details["seen"]  # of all that was seen no more is read than is asked for
    own = (seen["head"].as_string().label("head"), seen["commits"].label("commits"))
    asked = _select(Kind.PULL_REQUEST).where(
        _PROJECT.workspace_id == workspace,
        _PROJECT.archived_at.is_(None),
        row.unlinked_at.is_(None),
    )
    asked = asked.with_only_columns(row.project_id, row.item_key, row.repo, *own)
    wanted = {commit: repo for commit, repo in commits.items() if len(commit) >= SHORTEST_COMMIT}
    for told in plainly(session).execute(asked).mappings() if wanted else ():
        theirs = [one for one in (told["head"], *(told["commits"] or ())) if one]
        for commit, repo in wanted.items():
            if not any(one.startswith(commit) for one in theirs) or commit in exact:
                continue
            is_there = bool(repo) and told["repo"].lower() == repo
            if is_there or commit not in found:
                found[commit] = (told["project_id"], told["item_key"])
            if is_there:
                exact.add(commit)
    return found


def of_tracker(session: Session, workspace: int, tracker: str, prefix: str) -> list[Linked]:
    """Runs of a tracker whose ids begin like this, wherever in a workspace they are linked."""
    row = columns(RunRow)
    mine = (row.tracker == tracker, row.run_id.startswith(prefix, autoescape=True))
    found = _select(Kind.RUN).where(_PROJECT.workspace_id == workspace, *mine)
    return [_linked(Kind.RUN, told) for told in plainly(session).execute(found).mappings()]


def in_repos(session: Session, workspace: int, repos: Sequence[str]) -> list[Linked]:
    """Pull requests of these repositories (in lower case) that are linked."""
    row = columns(PullRequestRow)
    plain = plainly(session)
    return [
        _linked(Kind.PULL_REQUEST, told)
        for start in range(0, len(repos), CHUNK)
        for told in plain.execute(
            _select(Kind.PULL_REQUEST).where(
                _PROJECT.workspace_id == workspace,
                _PROJECT.archived_at.is_(None),
                row.unlinked_at.is_(None),
                func.lower(row.repo).in_(repos[start : start + CHUNK]),
            )
        ).mappings()
    ]


_TODAY: Final = func.lower(columns(PullRequestRow).details["seen", "repo"].as_string())
"""What the repository of a pull request was called when it was last seen: it may have moved."""


def _moved(session: Session, workspace: int, repos: Sequence[str]) -> Iterator[Any]:
    """Rows of pull requests whose repositories are called so today, and otherwise where they were
    linked.
    """
    row = columns(PullRequestRow)
    for start in range(0, len(repos), CHUNK):
        asked = _select(Kind.PULL_REQUEST).where(
            _PROJECT.workspace_id == workspace,
            _TODAY.in_(repos[start : start + CHUNK]),
            func.lower(row.repo) != _TODAY,
        )
        yield from plainly(session).execute(asked).mappings()


def called_before(session: Session, workspace: int, repos: Sequence[str]) -> dict[str, set[str]]:
    """By what repositories are called today (in lower case): by which names pull requests of theirs
    were linked.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for told in _moved(session, workspace, repos):
        found[told["details"]["seen"]["repo"].lower()].add(told["repo"].lower())
    return found


def linked_as(session: Session, workspace: int, refs: Collection[Ref]) -> dict[Ref, Ref]:
    """Of pull requests by what their repositories are called today: those by which they were linked
    before. One that was linked by its name of today, too, is that one.
    """
    wanted = {ref.key: ref for ref in refs if ref.kind is Kind.PULL_REQUEST}
    repos = sorted({key.rpartition("#")[0] for key in wanted})
    found: dict[Ref, Ref] = {}
    for told in _moved(session, workspace, repos):
        ref = wanted.get(f"{told['details']['seen']['repo']}#{told['number']}".lower())
        before = _ref(Kind.PULL_REQUEST, told)
        if ref is not None and ref.source == before.source:
            found.setdefault(ref, before)
    known = of_refs(session, workspace, [*found]) if found else {}
    return {ref: before for ref, before in found.items() if not known.get(ref)}


def keyed(session: Session, workspace: int, kind: Kind, key: int) -> Linked | None:
    row = columns(_MODELS[kind])
    found = _select(kind).where(_PROJECT.workspace_id == workspace, row.id == key)
    told = plainly(session).execute(found).mappings().first()
    return _linked(kind, told) if told is not None else None


def polled(session: Session, workspace: int) -> list[Linked]:
    """What is to be looked at again: linked, and not at its end."""
    plain = plainly(session)
    return [
        _linked(kind, row)
        for kind, model in _MODELS.items()
        for row in plain.execute(
            _select(kind).where(
                _PROJECT.workspace_id == workspace,
                _PROJECT.archived_at.is_(None),
                columns(model).is_polled,
            )
        ).mappings()
    ]


def _select(kind: Kind) -> Any:
    table = table_of(_MODELS[kind])
    joined = select(table).join(table_of(ProjectRow), _PROJECT.id == table.c.project_id)
    return joined.order_by(table.c.id)


def _linked(kind: Kind, row: Any, ref: Ref | None = None) -> Linked:
    return Linked(
        id=row["id"],
        project=row["project_id"],
        item=row["item_key"],
        sighting=sighting(kind, row, ref),
        is_linked=row["unlinked_at"] is None,
        is_polled=row["is_polled"],
        linked_at=row["recorded_at"],
        **_attached(row),
    )


def _attached(row: Any) -> dict[str, Any]:
    """By which rule it came to be there; what a person said since is said by hand."""
    told = row["details"].get("attached")
    if not told:
        return {}
    overruled = tuple(map(_OVERRULED.validate_python, told["overruled"]))
    if row["source"] != Surface.CLOCK.value:
        return {"overruled": overruled}
    return {"by": By(told["by"]), "why": told["why"], "overruled": overruled}


def sighting(kind: Kind, row: Any, ref: Ref | None = None) -> Sighting:
    """What a row says that was seen last; of one that only a document told, nothing was seen."""
    ref = ref or _ref(kind, row)
    trouble = Trouble(Why(row["trouble"]), row["trouble_until"]) if row["trouble"] else None
    return Sighting(ref, sightings.seen(ref, row), row["seen_at"], row["changed_at"], trouble)


def _ref(kind: Kind, row: Any) -> Ref:
    """The row's own; that of a pull request which a document told names no source."""
    if kind is Kind.RUN:
        return Ref(row["tracker"], kind, row["run_id"], row["url"])
    key = f"{row['repo']}#{row['number']}".lower()
    return Ref(str(row["details"].get("source", "")), kind, key, row["url"])


# --- what was seen --------------------------------------------------------------------------------


def record(session: Session, linked: Linked, author: int | None) -> None:
    """Keep the sighting of something linked. `author` is the person behind its author there."""
    sighting = linked.sighting
    trouble = sighting.trouble
    values: dict[str, Any] = {
        "url": sighting.ref.url,
        "is_polled": linked.is_polled,
        "seen_at": sighting.seen_at,
        "changed_at": sighting.changed_at,
        "trouble": trouble.why.value if trouble else "",
        "trouble_until": trouble.until if trouble else None,
        "details": {
            "source": sighting.ref.source,
            **sightings.details(sighting.seen),
            **_rule_of(linked),
        },
    }
    match sighting.seen:
        case PullRequest() as pull:
            values |= sightings.pull_columns(pull) | {"author_id": author}
        case Run() as run:
            values |= sightings.run_columns(run) | {"author_id": author}
        case None:
            pass
    table = table_of(_MODELS[linked.ref.kind])
    session.execute(update(table).where(table.c.id == linked.id).values(**values))


def _rule_of(linked: Linked) -> dict[str, Any]:
    if linked.by is By.HAND and not linked.overruled:
        return {}
    overruled = [_OVERRULED.dump_python(one, mode="json") for one in linked.overruled]
    return {"attached": {"by": int(linked.by), "why": linked.why, "overruled": overruled}}


def looked_at(session: Session, some: Sequence[Linked], now: datetime) -> None:
    """These look as they did: only the time of the last look moves on."""
    for kind, model in _MODELS.items():
        keys = [linked.id for linked in some if linked.ref.kind is kind]
        for start in range(0, len(keys), CHUNK):
            mine = columns(model).id.in_(keys[start : start + CHUNK])
            session.execute(update(table_of(model)).where(mine).values(seen_at=now))


# --- beside it ------------------------------------------------------------------------------------


def people_named(session: Session, workspace: int, source: str) -> dict[str, int]:
    """People's names at a source, in lower case; a machine's user is nobody's."""
    name = columns(Identity)
    found = select(name.value, name.person_id).where(
        name.workspace_id == workspace, name.kind == source
    )
    told = plainly(session).execute(found)
    return {value.lower(): person for value, person in told if not is_shared(source, value)}


Places = Mapping[str, PlainRoom]
"""Channels that Charter has met, by Slack's ids."""


def places(session: Session, workspace: int, channels: Sequence[str]) -> Places:
    """These channels, by Slack's ids."""
    row = columns(ChannelRow)
    found: dict[str, PlainRoom] = {}
    for start in range(0, len(channels), CHUNK):
        mine = row.slack_id.in_(channels[start : start + CHUNK])
        asked = select(row.slack_id, row.is_private, row.is_shared)
        told = plainly(session).execute(asked.where(row.workspace_id == workspace, mine))
        found |= {channel: PlainRoom(channel, private, shared) for channel, private, shared in told}
    return found
