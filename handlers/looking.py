"""What is looked at at the command line: letters by rules, what turned worse, how far runs are.

Gives exit codes as `app.py` does: 0 done, 1 where something as bad as was asked for was found.
"""

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.lint import Severity
from handlers.service import briefing, linting

Clock = Callable[[], datetime]
DONE, FOUND = 0, 1


def lint(options: argparse.Namespace, database: Any, clock: Clock) -> int:
    """Check letters by rules; ends with 1 where something as bad as `--fail-on` was found."""
    shown = linting.found(database, clock, options.workspace, options.project, options.person)
    print(linting.as_json(shown) if options.format == "json" else linting.in_words(shown))
    return FOUND if linting.is_bad(shown, Severity(options.fail_on)) else DONE


def brief(options: argparse.Namespace, database: Any, clock: Clock) -> int:
    """Say what turned worse, what has to be decided, and what may go wrong."""
    asked = (options.workspace, options.projects, options.person, options.now)
    told = briefing.brief(database, clock, *asked)
    print(briefing.as_json(told) if options.json else briefing.in_words(told))
    return DONE


def burn_up(options: argparse.Namespace, database: Any, clock: Clock) -> int:
    """Say how far the runs of a project have closed the gap of its metrics."""
    asked = (options.workspace, options.project, options.person, options.now)
    print(briefing.burn_up(database, clock, *asked))
    return DONE


DEEDS: Mapping[str, Callable[[argparse.Namespace, Any, Clock], int]] = {
    "lint": lint,
    "brief": brief,
    "burn-up": burn_up,
}
"""By the words of the command."""
