"""Every view with the worst that it may be given: Slack takes it, and nobody is pinged.

The views are found by what they give back. A new one is held to this as soon as it is there.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, get_type_hints

import pytest

from bot import scope
from bot.errors import CharterError
from handlers import views
from handlers.playground.double.blocks import faults_of_message
from handlers.views import modals
from handlers.views.kit import Message
from tests.handlers.views.made import Maker
from tests.handlers.views.worlds import PIPELINE, shown, sound, sound_view
from tests.support.evidence import PULL

HOSTILE = "<!channel> <@U1> *b* _i_ ~s~ `c` =1+1 +1 @x\t\u202eRTL\u202c a\u200db \U0001f469\nnew"
LONG = "x" * 3001
MANY = 101
PARTS = ("kit", "modals.fields", "modals.frame", "modals.items")
"""Modules that make parts of views; what is made of them is looked at."""

MENTIONING = {"notices.mentioned", "reach.unreachable", "people.shown"}
"""Where somebody is spoken to whom a direct message does not reach; and where one reader alone is
shown somebody to write to.
"""

Arguments = dict[str, Any]
Surely = Callable[[Arguments], Arguments | None]


def everything() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Whatever in the views gives a message, several of them, a form or Home."""
    for found in pkgutil.walk_packages(views.__path__, "handlers.views."):
        short = found.name.removeprefix("handlers.views.")
        module = importlib.import_module(found.name)
        gives = {Message, list[Message]} if short not in PARTS else set()
        for name, view in vars(module).items():
            own = getattr(view, "__module__", None) == found.name and not isinstance(view, type)
            if name.startswith("_") or not own or not callable(view):
                continue
            back = get_type_hints(view).get("return")
            is_view = back == dict[str, Any] and short.startswith(("modals.", "home"))
            if back in gives or (is_view and short not in PARTS):
                yield f"{short}.{name}", view


VIEWS = dict(everything())


def one_line(of: str, field: str) -> Surely:
    """Of what is told in one line there is just one."""

    def surely(made: Arguments) -> Arguments:
        return made | {of: replace(made[of], **{field: getattr(made[of], field)[:1]})}

    return surely


def criterion(made: Arguments) -> Arguments:
    return made | {"key": made["shown"].checks[0].criterion.key}


def clash(made: Arguments) -> Arguments:
    told = made["clash"]
    known = scope.form_values(scope.cells(told.project.scope), told.metric)
    return made | {"clash": replace(told, typed=dict.fromkeys(known, told.metric))}


def sent_form(made: Arguments) -> Arguments:
    return made | {"view": {**modals.move(shown(PIPELINE)), "state": {"values": {}}}}


def of_a_project(made: Arguments) -> Arguments | None:
    """What is linked to none is told otherwise."""
    return made if next(iter(made.values())).card.project else None


def of_a_pull_request(made: Arguments) -> Arguments:
    """Reviews are asked of nothing else."""
    card = made["card"]
    sighting = replace(card.linked.sighting, ref=PULL.ref)
    card = replace(card, linked=replace(card.linked, sighting=sighting))
    if card.project is None:
        card = replace(card, project=shown(PIPELINE).project)
    return made | {"card": card}


def of_no_group(made: Arguments) -> Arguments:
    """A user group alone is called by its name; see tests/handlers/service/test_reviewers.py."""
    return of_a_pull_request(made) | {"group": None}


SURELY: Mapping[str, Surely] = {
    "access.settings": one_line("shown", "changed"),
    "decisions.kept": one_line("done", "lines"),
    "modals.stages.tick": criterion,
    "modals.scope.scope_clash": clash,
    "modals.stages.conflicting": sent_form,
    "modals.raid.raid_clash": sent_form,
    "modals.standups.answering.answers_clash": sent_form,
    "following.set_up": one_line("done", "lines"),
    "links.linked": of_a_project,
    "reviewers.asked": of_no_group,
    "reviewers.ended": of_a_pull_request,
}
"""What the type of an argument does not say, by view."""


def held_to_slack(name: str, text: str, many: int) -> int:
    """Look at a view with such values; gives of how many choices it was made. What a view says of
    its arguments (`ValueError` without …) is not made wrong to try it.
    """
    view, looked = VIEWS[name], 0
    errors = len(CharterError.__subclasses__()) if name.startswith("errors.") else 0
    for pick in range(max(3, errors)):
        made = SURELY.get(name, dict)(Maker(text, many, pick).arguments(view))
        if made is None:
            continue
        try:
            told = view(**made)
        except ValueError:
            assert "ValueError" in (view.__doc__ or ""), f"{name} takes no {made}"
            continue
        looked += 1
        for one in told if isinstance(told, list) else [told]:
            look(name, one)
    return looked


def look(name: str, one: Any) -> None:
    if name in MENTIONING:
        assert faults_of_message(one.blocks) == []
        assert mentions(one.blocks)
    elif isinstance(one, Message):
        sound(one)
    else:
        sound_view(one, one["type"])


def mentions(part: Any) -> set[str]:
    """Who is pinged: people and groups, never a whole channel."""
    if isinstance(part, dict):
        assert part.get("type") not in {"mrkdwn", "channel", "broadcast"}
        own = {str(part[key]) for key in ("user_id", "usergroup_id") if key in part}
        return own.union(*(mentions(inner) for inner in part.values()))
    return set().union(*map(mentions, part)) if isinstance(part, list) else set()


@pytest.mark.parametrize("name", VIEWS)
def test_edge_67_whatever_things_are_called_slack_takes_the_view_and_nobody_is_pinged(
    name: str,
) -> None:
    assert held_to_slack(name, HOSTILE, 2)


@pytest.mark.parametrize("name", VIEWS)
def test_edge_68_more_and_longer_than_slack_takes_is_cut_or_paged(name: str) -> None:
    assert held_to_slack(name, LONG, MANY)


def test_the_views_are_found() -> None:
    known = {"home.home", "lint.lint", "modals.people.person_names", "matrix.matrix", "raid.listed"}
    assert known <= set(VIEWS)
    assert len(VIEWS) > 100
