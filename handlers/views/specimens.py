"""Some of what Charter shows, of each sort one: for Slack's own check, which nobody sees."""

from collections.abc import Mapping
from typing import Any

from bot.home import HomePage, Leaf
from bot.outcome import Place
from bot.people import Person
from handlers.views import help, home
from handlers.views.modals import exports, projects

_SOMEBODY = Person(0, "somebody", "Somebody", "Somebody")


def specimens() -> Mapping[str, Mapping[str, Any]]:
    """By name: views as they are, of messages their blocks."""
    page = HomePage(_SOMEBODY, 0, Leaf(), Leaf(), Leaf(), Leaf(), {0: _SOMEBODY})
    return {
        "the overview": {"blocks": help.helped().blocks},
        "a chapter": {"blocks": help.helped("raci").blocks},
        "the form of a project": projects.new_project("", Place()),
        "the form of a scheduled file": exports.export_plan(None),
        "Home": home.home(page),
    }
