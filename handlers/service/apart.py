"""One thing of many within a transaction, so that a fault in it leaves the others as they are."""

from collections.abc import Callable

import structlog
from sqlmodel import Session

from handlers import observe

log = structlog.get_logger("charter.links")


def apart(session: Session, act: Callable[[], object], about: str) -> None:
    """Do it in a savepoint of its own. What fails is taken back and logged as `about`.

    A pass over many things would else fail as a whole, and fail alike whenever it is tried again.
    """
    try:
        with session.begin_nested():
            act()
    except Exception as error:
        log.error("item_failed", about=about, **observe.fault(error))
