"""What the tests of sources share: settings, kept answers, and one source of each kind."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.settings import Settings
from bot.sources import Limits, sources
from bot.sources.base import Etags, Kept, Source
from bot.sources.budget import Allowance, Budgets
from tests.support.clock import T0

TOKEN = "github_pat_11SECRET"
PASSWORD = "hunter2-secret"
KEY = "local-" + "k" * 40
"""A key of W&B's, of the least length that its package takes."""


@dataclass
class Memory:
    """The `Etags` of a test, in memory."""

    kept: dict[str, Kept] = field(default_factory=dict)

    def get(self, key: str) -> Kept | None:
        return self.kept.get(key)

    def put(self, key: str, kept: Kept) -> None:
        self.kept[key] = kept


@dataclass
class Clock:
    """The time as a test wants it."""

    now: datetime = T0

    def __call__(self) -> datetime:
        return self.now


def source(
    etags: Etags | None = None,
    clock: Clock | None = None,
    limits: Limits | None = None,
    allowance: Allowance | None = None,
    **values: str,
) -> Source:
    """The one source that these settings set up."""
    clock = clock or Clock()
    budgets = Budgets(clock, allowance or Allowance())
    [made] = sources(Settings.read(values), etags, clock, limits or Limits(), budgets)
    return made


def github(
    url: str,
    etags: Etags | None = None,
    clock: Clock | None = None,
    limits: Limits | None = None,
    allowance: Allowance | None = None,
    token: str = TOKEN,
) -> Source:
    """GitHub at the address of a test's server; with an empty token, as everybody sees it."""
    known = {"github_token": token} if token else {}
    return source(etags, clock, limits, allowance, github_api_url=url, **known)


def rest(
    url: str,
    etags: Etags | None = None,
    clock: Clock | None = None,
    limits: Limits | None = None,
    allowance: Allowance | None = None,
) -> Source:
    """GitHub without a token, and so without GraphQL."""
    return github(url, etags, clock, limits, allowance, token="")


def wandb(
    url: str,
    etags: Etags | None = None,
    clock: Clock | None = None,
    limits: Limits | None = None,
    allowance: Allowance | None = None,
) -> Source:
    """W&B at the address of a test's server."""
    return source(etags, clock, limits, allowance, wandb_base_url=url, wandb_api_key=KEY)


def mlflow(
    url: str,
    etags: Etags | None = None,
    clock: Clock | None = None,
    limits: Limits | None = None,
    allowance: Allowance | None = None,
) -> Source:
    """MLflow, with a password, at the address of a test's server."""
    return source(
        etags,
        clock,
        limits,
        allowance,
        mlflow_tracking_uri=url,
        mlflow_tracking_username="charter",
        mlflow_tracking_password=PASSWORD,
    )
