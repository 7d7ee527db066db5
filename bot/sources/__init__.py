"""Where evidence comes from: code hosts and experiment trackers, only ever read, over HTTP.

A further one is a module that makes its sources from the settings, and its line in `MAKERS`.
"""

from collections.abc import Callable
from datetime import datetime

from bot.settings import Settings
from bot.sources import github, mlflow, notion, wandb
from bot.sources.base import Etags, Needs, Source
from bot.sources.budget import Allowance, Budgets
from bot.sources.web import Limits, Maker, Tools

__all__ = ["NEEDS", "Limits", "sources"]

USUAL = Limits()
PLENTY = Allowance()

MAKERS: tuple[Maker, ...] = (github.MAKER, mlflow.MAKER, wandb.MAKER, notion.MAKER)
NEEDS: dict[str, Needs] = {maker.name: maker.needs for maker in MAKERS}
"""What each asks of whoever sets it up, by name; also of those that are not set up."""


def sources(
    settings: Settings,
    etags: Etags | None,
    clock: Callable[[], datetime],
    limits: Limits = USUAL,
    allowance: Allowance = PLENTY,
) -> tuple[Source, ...]:
    """The sources that are set up. Without `etags` every answer is sent anew; `allowance` is what
    they ask one host in all.
    """
    tools = Tools(clock, Budgets(clock, allowance), etags, limits)
    return tuple(source for maker in MAKERS for source in maker.made(settings, tools))
