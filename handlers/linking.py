"""What leads elsewhere, at the command line: links made, and everything linked looked at.

Gives exit codes as `app.py` does: 0 done.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from typing import Any

from bot.orders import AddLink
from bot.outcome import Place
from bot.people import Actor
from bot.settings import Settings
from handlers.service import equipped
from handlers.views import links as views

Clock = Callable[[], datetime]
Acting = Callable[[int], Actor]
"""Who acts at the command line, in a workspace."""
DONE = 0


def link(
    options: argparse.Namespace, settings: Settings, database: Any, clock: Clock, acting: Acting
) -> int:
    """Link an address to a project, or to one of its items; what it is, is looked up at once."""
    charter = equipped(settings, database, clock)
    with closing(charter.links):
        actor = acting(charter.workspaces.only(options.workspace))
        order = AddLink(options.url, options.item, options.project)
        print(views.made(charter.links.link(actor, order, Place())).text)
    return DONE


def sync(
    options: argparse.Namespace, settings: Settings, database: Any, clock: Clock, _acting: Acting
) -> int:
    """One pass over all that is linked and open; prints a line a source. Cards that say otherwise
    now wait in the outbox until Charter runs.
    """
    charter = equipped(settings, database, (lambda: options.now) if options.now else clock)
    with closing(charter.links):
        workspace = charter.workspaces.only(options.workspace)
        noted = charter.polling.sync(workspace, options.source)
    for one in noted:
        print(views.synced(one))
    if not noted:
        print(
            "No source is set up: see GITHUB_TOKEN, MLFLOW_TRACKING_URI and WANDB_API_KEY.",
            file=sys.stderr,
        )
    return DONE


DEEDS: Mapping[str, Callable[[argparse.Namespace, Settings, Any, Clock, Acting], int]] = {
    "link": link,
    "sync": sync,
}
"""By the words of the command."""
