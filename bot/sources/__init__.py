"""Where evidence comes from: code hosts and experiment trackers, only ever read, over HTTP.

A further one is a module that makes its sources from the settings, and its line in `MAKERS`: what
people may be called there, what `doctor` says of it and where Slack tells of links follow from it.
"""

from collections.abc import Callable
from datetime import datetime

from bot.settings import Settings
from bot.sources import github, mlflow, neptune, notion, wandb
from bot.sources.base import Etags, Needs, Ref, Source
from bot.sources.budget import Budgets
from bot.sources.exchanges import Listener, nobody
from bot.sources.making import Archive, Logins, Maker
from bot.sources.web import Limits, Tools

__all__ = ["ARCHIVES", "LOGINS", "MAKERS", "NEEDS", "Limits", "archive_of", "sites", "sources"]

USUAL = Limits()

MAKERS: tuple[Maker, ...] = (
    github.MAKER,
    mlflow.MAKER,
    wandb.MAKER,
    neptune.MAKER,
    notion.MAKER,
)
NEEDS: dict[str, Needs] = {one.name: one.needs for one in MAKERS if one.archive is None}
"""What each asks of whoever sets it up, by name; also of those that are not set up."""
ARCHIVES: dict[str, Archive] = {one.name: one.archive for one in MAKERS if one.archive is not None}
"""Trackers whose service is gone, by name."""
LOGINS: dict[str, Logins] = {one.name: one.logins for one in MAKERS if one.logins is not None}
"""What people are called there, by the source's name."""


def sources(
    settings: Settings,
    etags: Etags | None,
    clock: Callable[[], datetime],
    limits: Limits = USUAL,
    budgets: Budgets | None = None,
    listener: Listener = nobody,
) -> tuple[Source, ...]:
    """The sources that are set up. Without `etags` every answer is sent anew; `budgets` are what
    they ask one host in all, and `listener` is told of each request.
    """
    tools = Tools(clock, budgets or Budgets(clock), etags, limits, listener)
    return tuple(source for maker in MAKERS for source in maker.made(settings, tools))


def sites(settings: Settings) -> tuple[str, ...]:
    """The addresses at which links to the sources that are set up lie."""
    return tuple(site for maker in MAKERS for site in maker.sites(settings))


def archive_of(ref: Ref) -> Archive | None:
    """The tracker of a link whose service is gone: the address leads nowhere."""
    return ARCHIVES.get(ref.source)
