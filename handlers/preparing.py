"""Messages that say that a file is being made, where nobody makes it any more."""

import structlog

from bot.preparing import Preparation
from handlers.service import Charter
from handlers.slack import Slack
from handlers.slack.posting import Never, NotNow, Posting
from handlers.views import exports as views

log = structlog.get_logger("charter.preparing")


class Interrupted:
    """Says in them that it was interrupted, and how to ask again. Made once a process."""

    def __init__(self, charter: Charter, slack: Slack, workspace: int) -> None:
        self._preparations = charter.preparations
        self._posting = Posting(slack)
        self._workspace = workspace

    def run_due(self) -> None:
        for one in self._preparations.look(self._workspace):
            self._tell(one)

    def _tell(self, one: Preparation) -> None:
        """Where Slack does not take it now, whoever comes by once the lease is over tries again."""
        try:
            self._posting.edit(
                f"preparing/{one.ts}", one.channel, one.ts, views.interrupted(one.what)
            )
        except NotNow as error:
            log.warning("interrupted_waits", why=error.why)
            return
        except Never as error:
            log.warning("interrupted_refused", why=error.why)
        else:
            log.warning("preparation_interrupted", what=one.what)
        self._preparations.told(one)
