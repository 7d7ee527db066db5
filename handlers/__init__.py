"""Who we talk to: everything that comes in from Slack, and what Charter says back.

Nothing heavy is imported here, so that a view can be used without everything that shows it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slack_bolt import App

    from handlers.service import Charter
    from handlers.talking import Talking
    from handlers.tenants import One


def build(charter: "Charter", one: "One", clock: Callable[[], datetime]) -> "Talking":
    """The Bolt app, wired; see `handlers.talking.build`."""
    from handlers import talking

    return talking.build(charter, one, clock)


def register(bolt: "App") -> None:
    """Every listener; the ones most in use first, for Bolt looks at them in this order."""
    from handlers import (
        agent,
        asking,
        buttons,
        channels,
        circles,
        commands,
        decisions,
        errors,
        home,
        import_forms,
        imports,
        links,
        members,
        modals,
        pace,
        questions,
        removal,
    )

    pace.register(bolt)
    commands.register(bolt)
    questions.register(bolt)
    buttons.register(bolt)
    modals.register(bolt)
    home.register(bolt)
    agent.register(bolt)
    links.register(bolt)
    decisions.register(bolt)
    imports.register(bolt)
    import_forms.register(bolt)
    asking.register(bolt)
    members.register(bolt)
    channels.register(bolt)
    circles.register(bolt)
    removal.register(bolt)
    errors.register(bolt)
