"""Once a second the workspaces beat, beside one another: one that is slow holds up no other.

APScheduler only ticks.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from apscheduler.executors.pool import (  # type: ignore[import-untyped]  # it ships no types
    ThreadPoolExecutor as TickExecutor,
)
from apscheduler.schedulers.background import (  # type: ignore[import-untyped]  # it ships no types
    BackgroundScheduler,
)

from bot.errors import CharterError
from handlers import observe, removal
from handlers.service import Charter
from handlers.shares import Share
from handlers.tenants import Tenant, Tenants
from handlers.timers import BEAT_SECONDS, Hands, Heartbeat

log = structlog.get_logger("charter.pulse")

AT_ONCE = 4
"""Workspaces that beat at once; the others stand in line, each once."""
ERRANDS = 8
COURIERS = 8
SWEPT_EVERY = timedelta(hours=1)
"""How often is looked for workspaces that went, and for those whose data is to be deleted."""


@dataclass(slots=True)
class _Beating:
    tenant: Tenant
    heart: Heartbeat
    share: Share
    stands: bool = False
    """Whether what comes in every workspace comes here too, by now."""


class Pulse:
    """Lets all workspaces beat; `tick` is one second. Made once a process."""

    def __init__(self, charter: Charter, tenants: Tenants, clock: Callable[[], datetime]) -> None:
        self._charter = charter
        self._tenants = tenants
        self._clock = clock
        self._beating: dict[int, _Beating] = {}
        self._swept: datetime | None = None
        self._hands = Hands(ERRANDS, COURIERS)
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="beat")
        self._upkeep = Share(self._pool, 1)
        self._scheduler = BackgroundScheduler(
            executors={"default": TickExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone="UTC",
        )

    def start(self) -> None:
        self._scheduler.add_job(self.tick, "interval", seconds=BEAT_SECONDS)
        self._scheduler.start()

    def close(self) -> None:
        """Stop ticking, and let what is under way finish; what waits is for the next process."""
        if self._scheduler.running:  # first: a tick changes who beats
            self._scheduler.shutdown(wait=True)
        for one in self._beating.values():
            one.share.leave()
            one.heart.leave()
        self._upkeep.leave()
        self._pool.shutdown(wait=True)
        for one in self._beating.values():
            one.heart.close()
        self._hands.close()

    def tick(self) -> None:
        """Let each workspace beat that is not at it still. Raises nothing."""
        self._notice()
        for one in self._beating.values():
            if one.share.is_idle:
                one.share.submit(partial(self._beat, one))
        now = self._clock()
        if self._upkeep.is_idle and (self._swept is None or now - self._swept >= SWEPT_EVERY):
            self._swept = now
            self._upkeep.submit(self._sweep)

    def _sweep(self) -> None:
        removal.make_up(self._charter, self._tenants, self._clock())
        self._charter.installations.sweep()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way that a tick has begun."""
        beating = self._beating.copy()  # in one step: a tick changes who beats
        shares = (self._upkeep, *(one.share for one in beating.values()))
        return all(share.is_idle for share in shares)

    def _notice(self) -> None:
        """Who came begins to beat, who went does so no more."""
        try:
            self._tenants.look()
        except CharterError as error:
            log.warning("looking_skipped", **observe.refusal(error))
        except Exception as error:
            log.error("looking_failed", **observe.fault(error))
        there = {tenant.workspace: tenant for tenant in self._tenants.every()}
        for workspace, one in list(self._beating.items()):
            if there.get(workspace) is not one.tenant:
                one.share.leave()
                one.heart.leave()
                del self._beating[workspace]
        for workspace, tenant in there.items():
            if workspace not in self._beating:
                heart = Heartbeat(self._charter, tenant.slack, workspace, self._clock, self._hands)
                self._beating[workspace] = _Beating(tenant, heart, Share(self._pool, 1))

    def _beat(self, one: _Beating) -> None:
        self._tenants.ready(one.tenant, early=True)
        try:
            if not one.stands:
                self._charter.timers.stand(one.tenant.workspace)
                one.stands = True
        except CharterError as error:
            log.warning("workspace_waits", **observe.refusal(error))
            return
        one.heart.beat()
