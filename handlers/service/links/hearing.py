"""How sources are asked, for the log and the metrics."""

import structlog

from bot.sources.exchanges import Exchange
from handlers import meters, observe

log = structlog.get_logger("charter.links")


def heard(exchange: Exchange) -> None:
    """What somebody in Slack waits for is told in the log, the rest to whoever wants to know more:
    who works at the command line sees the outcome.
    """
    answer = "none" if exchange.status is None else str(exchange.status)
    meters.took(meters.Timed.SOURCES, exchange.seconds, exchange.host, answer)
    is_asked = "request" in structlog.contextvars.get_contextvars()
    tell = log.info if exchange.does_somebody_wait and is_asked else log.debug
    tell(
        "source_asked",
        host=exchange.host,
        method=exchange.method,
        answer=answer,
        ms=observe.milliseconds(exchange.seconds),
    )
