"""`standup`: set it in a form, look at it, end it."""

from datetime import date

from bot.commands.orders import OpenStandup, Order, ShowStandup
from bot.commands.reading import without_project
from bot.commands.words import joined, words
from bot.errors import BadInput, Why
from bot.orders import EndStandup

_SHOW = {"show", "status", "?"}
_OFF = {"off", "stop", "end", "remove"}
_SET = {"", "on", "set", "set up", "setup", "edit", "change"}


def is_about_setting(rest: str) -> bool:
    """Whether it looks at how a standup is set, or sets it: not at what was said in one."""
    said, _project = without_project(words(rest))
    verb = " ".join(word.key or word.text for word in said)
    return bool(verb) and verb in {*_SET, *_SHOW, *_OFF}


def read_standup(rest: str, today: date) -> Order:
    said, project = without_project(words(rest))
    verb = " ".join(word.key or word.text for word in said)
    if verb in _SET:
        return OpenStandup(project)
    if verb in _SHOW:
        return ShowStandup(project)
    if verb in _OFF:
        return EndStandup(project)
    raise BadInput(
        Why.WORDS_LEFT_OVER,
        {"words": joined(said), "wanted": "standup show in Churn Radar"},
        "project",
    )
