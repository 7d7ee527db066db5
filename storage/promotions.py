"""Which version of a model holds which of its aliases, or a stage, since when; and which did."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlmodel import Session

from bot.sources.base import ModelVersion, Run
from bot.sources.models import Post, Rank
from storage.database import plainly
from storage.statements import adding
from storage.tables import PromotionRow, columns, table_of

_IS = columns(PromotionRow)
MOST_NAMES: Final = 500


def held(session: Session, workspace: int, source: str) -> dict[Post, str]:
    """The versions that hold something, as far as was seen of a registry."""
    asked = (
        select(_IS.model, _IS.rank, _IS.name, _IS.version)
        .where(_IS.workspace_id == workspace, _IS.source == source, _IS.until.is_(None))
        .order_by(_IS.id)
    )
    return {
        Post(model, Rank(rank), name): version
        for model, rank, name, version in plainly(session).execute(asked)
    }


def keep(
    session: Session,
    workspace: int,
    source: str,
    posts: Mapping[Post, str],
    since: datetime | None,
    now: datetime,
) -> None:
    """These versions hold these from now on; `since` None: they may have done so for long. Needs
    the workspace's lock.
    """
    vacate(session, workspace, source, posts, now)
    for post, version in posts.items():
        row = {
            "workspace_id": workspace,
            "source": source,
            "model": post.model,
            "rank": post.rank.value,
            "name": post.name,
            "version": version,
            "since": since,
            "until": None,
        }
        plainly(session).execute(adding(PromotionRow), row)


def vacate(
    session: Session, workspace: int, source: str, posts: Collection[Post], now: datetime
) -> None:
    """Nobody holds these any more."""
    for post in posts:
        plainly(session).execute(
            update(table_of(PromotionRow))
            .where(
                _IS.workspace_id == workspace,
                _IS.source == source,
                _IS.model == post.model,
                _IS.rank == post.rank.value,
                _IS.name == post.name,
                _IS.until.is_(None),
            )
            .values(until=now)
        )


def dated(session: Session, workspace: int, runs: Sequence[Run]) -> list[Run]:
    """The same; of versions of which it was not seen there when they were promoted, it is when they
    got the last of what they hold by the registry, as far as that was looked at by then.
    """
    wanted = [run for run in runs if any(one.promoted is None for one in run.models)]
    names = sorted({one.name for run in wanted for one in run.models if one.promoted is None})
    if not names:
        return list(runs)
    asked = (
        select(_IS.source, _IS.model, _IS.version, func.max(_IS.since).label("at"))
        .where(_IS.workspace_id == workspace, _IS.model.in_(names[:MOST_NAMES]))
        .group_by(_IS.source, _IS.model, _IS.version)
    )
    found = plainly(session).execute(asked)
    since = {(source, model, version): at for source, model, version, at in found}

    def when(run: Run, one: ModelVersion) -> ModelVersion:
        at = since.get((run.ref.source, one.name, one.version))
        return replace(one, promoted=one.promoted or at)

    return [replace(run, models=tuple(when(run, one) for one in run.models)) for run in runs]
