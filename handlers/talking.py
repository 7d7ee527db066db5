"""The Bolt app, wired: `build` makes it, `handlers.web` and `handlers.socket` run it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_bolt import App, BoltRequest

from handlers import modals, observe, opening, register
from handlers.busy import Busy
from handlers.identity import Identity
from handlers.pools import Listeners
from handlers.runner import Runner
from handlers.service import Charter
from handlers.slack import Installation, Slack
from handlers.tenants import Door, One, Recognised, Tenants


@dataclass(frozen=True, slots=True)
class Talking:
    """The Bolt app and what it talks through."""

    bolt: App
    slack: Slack
    installation: Installation
    workspace: int

    def close(self) -> None:
        """Let the listeners in hand finish, then hang up."""
        self.bolt.listener_runner.listener_executor.shutdown(wait=True)
        self.slack.close()


def build(charter: Charter, one: One, clock: Callable[[], datetime]) -> Talking:
    """Connect the workspace that the token is of, and wire the listeners.

    Raises `BadSettings` where Slack does not take the token, `Unavailable` where Slack or the
    database is away. `clock` gives aware UTC.
    """
    one.connect(charter)
    tenant = one.tenant
    charter.timers.stand(tenant.workspace)
    return Talking(wired(charter, one, clock), tenant.slack, tenant.installation, tenant.workspace)


def wired(charter: Charter, tenants: Tenants, clock: Callable[[], datetime]) -> App:
    """The Bolt app, with all listeners, for these workspaces."""
    identity, listeners = Identity(charter, clock), Listeners()
    bolt = App(
        name="bolt",  # Bolt sets the level of the logger of this name: it must not be Charter's
        client=tenants.client,
        before_authorize=Door(tenants),
        authorize=Recognised(),
        logger=observe.bolt_logger(),
        listener_executor=listeners,
        # handlers.web looks at the signature before anything is parsed; Socket Mode has none.
        request_verification_enabled=False,
        # What no listener matches ends at the error door, which acknowledges it.
        raise_error_for_unhandled_request=True,
    )

    def before(request: BoltRequest, names: Sequence[str]) -> None:
        tenants.ready(request.context["tenant"])
        opening.open_at_once(request)
        identity.recognise(request, names)

    # Bolt has no public way to bring a runner of one's own.
    bolt._listener_runner = Runner(bolt.listener_runner, before, modals.waiting)
    bolt.use(identity)
    bolt.use(Busy(listeners))
    register(bolt)
    return bolt
