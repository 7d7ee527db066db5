"""Rows A3, edge cases 52 and 53: for outsiders a private project makes no difference at all.

The same is done in two workspaces that differ in private projects alone. Whatever an outsider says
or asks, both answer the same bytes, after as many statements to the database.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any, cast

import pytest
from slack_bolt import BoltContext
from sqlalchemy import update

from bot.commands import COMMANDS, Order, parse
from bot.commands.forms import SAMPLES, typed
from bot.decisions import Source
from bot.errors import CharterError
from bot.orders import Assign, NewProject, SetAlias, SetScope
from bot.outcome import Place
from bot.people import Actor
from bot.project import Letter
from bot.qa.replies import Asked
from handlers import forms
from handlers.buttons import ON_PRESS, Opens
from handlers.buttons.press import Press, Values
from handlers.orders import TABLES, Desk, carried_out
from handlers.reply import Origin, Reply
from handlers.service.access import Opening
from handlers.slack import Slack
from handlers.views import errors, home, modals
from handlers.views.acts import Act
from storage import migrate
from storage.database import Database
from storage.tables import Workspace, table_of
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.support.clock import T0
from tests.support.counting import calls, counted

VAULT = Place("C0VAULT", "vault", is_private=True)
CARRIED = {kind for table in TABLES for kind in table}
PROJECTS = ("Atlas", "Vault", "Vaul", "#vault", "#proj-atlas", "codename-Vault", "Lunch")
OUTSIDER = "Jo Field"
"""Somebody from outside, whom the private projects alone name."""
ITEMS = ("data pipeline", "launch codes", "secret-alias Vault", "lunch")
FOR_ADMINS = ("break-glass", "person merge", "person unmerge")
"""What an admin learns by, or by becoming somebody else; both are on record."""
QUESTIONS = (
    "who owns the data pipeline?",
    "who owns the data pipeline in Vault?",
    "who owns the launch codes?",
    "who owns secret-alias?",
    "who leads Atlas?",
    "who leads Vault?",
    "who leads codename-Vault?",
    "what does Bea own?",
    "what does Cy own?",
    "what is in scope of Vault?",
    "what is the goal of Atlas?",
    "who is responsible for rollout?",
)
"""Names of the private projects among them, and of the public one, which one of them shares."""
GUESSES = (
    "who owns the data pipeline in Vault?",
    "who owns the launch codes?",
    "who owns secret-alias?",
    "who leads codename-Vault?",
    "who leads Nihgtfall?",
    f"what does {OUTSIDER} own?",
    "what does Jo Feild own?",
    "is launch codes reached?",
)


@dataclass(frozen=True, slots=True)
class World:
    """A workspace with Atlas for everybody, and perhaps with Bea's own projects."""

    team: Team

    def actor(self, who: str) -> Actor:
        return self.team.actor(who)

    def said(self, who: str, order: Order | Exception, place: Place) -> str:
        """All of an answer, as it goes to Slack."""
        if isinstance(order, CharterError):
            return _json(errors.worded(order))
        assert not isinstance(order, Exception)
        desk = Desk(self.team.charter, self.actor(who), place, private=True)
        try:
            if isinstance(order, Opening):
                self.team.charter.access.refuse(desk.actor, order, place)
            if type(order) in forms.ORDERED:
                asked = forms.Asked("UASKS", date(2026, 11, 23))
                return _plain(forms.ORDERED[type(order)](order, desk, asked))
            return _json(carried_out(order, desk)) if type(order) in CARRIED else ""
        except CharterError as error:
            return _json(errors.worded(error, order if type(order) in CARRIED else None))

    def pressed(self, who: str, act: Act, values: Values, place: Place) -> str:
        """The form that a button opens, or why it opens none."""
        opens = ON_PRESS[act]
        assert isinstance(opens, Opens)
        desk = Desk(self.team.charter, self.actor(who), place, private=True)
        slack = cast("Slack", None)  # a form is made before anything is said
        origin = Origin("UASKS")
        press = Press(values, desk, slack, origin, Reply(slack, origin), BoltContext(), T0)
        try:
            return _plain(opens.make(press))
        except CharterError as error:
            return _json(errors.worded(error))


_MARK = re.compile(r'\\"m\\":\\"[0-9a-f]{16}\\"')
"""What a plan is recognised by: it is made of the numbers of rows, which say nothing."""
_RANDOM = re.compile(r"(?<=_)[0-9a-f]{8}(?=[\\\"])")
"""How the key of a project ends that became private: at random, in every world."""


def _json(message: Any) -> str:
    said = json.dumps([message.text, message.blocks], sort_keys=True, default=str)
    return _RANDOM.sub("", _MARK.sub("", said))


def _world(path: Path, *, private: bool) -> Team:
    url = f"sqlite:///{path}"
    migrate.upgrade(url)
    team = Team(Database(url))
    if private:
        _secrets(team, "Atlas", "Vault")
    team.atlas()
    for letter, who in ((Letter.A, "<@UBEA>"), (Letter.R, "<@UCY>")):
        order = Assign("data pipeline", (letter,), who, project="atlas")
        team.charter.raci.assign(team.actor("ana"), order, HERE)
    if private:
        _secrets(team, "Nightfall")
    _number_alike(team)
    return team


def _secrets(team: Team, *names: str) -> None:
    """Projects of Bea's own, in her private channel."""
    charter, bea = team.charter, team.actor("bea")
    charter.people.channel_learned(team.workspace, "C0VAULT", "vault", True, False)
    for name in names:
        made = charter.projects.create(bea, NewProject(name, private=True), VAULT)
        key = made.project.key
        for one in (
            Assign("data pipeline", (Letter.A,), "<@UBEA>", project=key),
            Assign("rollout", (Letter.R,), "<@UBEA>", project=key),
            Assign("rollout", (Letter.C,), f"outside {OUTSIDER} of Acme jo@acme.example", key),
        ):
            charter.raci.assign(bea, one, VAULT)
        charter.scopes.scope(bea, SetScope("goal", "launch codes", key), VAULT)
        charter.projects.alias(bea, SetAlias(f"secret-alias {name}", "rollout", key), VAULT)
        charter.projects.alias(bea, SetAlias(f"codename-{name}", None, key), VAULT)


def _number_alike(team: Team) -> None:
    """At what number the record stands is no difference: nobody knows where it began."""
    with team.database.begin() as session:
        session.execute(update(table_of(Workspace)).values(revision=1000))


@pytest.fixture
def worlds(tmp_path: Path) -> Iterator[tuple[World, World]]:
    teams = [_world(tmp_path / f"{private}.db", private=private) for private in (False, True)]
    yield World(teams[0]), World(teams[1])
    for team in teams:
        team.database.close()


def _lines() -> Iterator[str]:
    """Every form of every command, with the names of what is private and what is not."""
    for entry in COMMANDS:
        for form in entry.forms:
            said = typed(entry, form)
            yield said
            for name in PROJECTS if SAMPLES["PROJECT"] in said else ():
                yield said.replace(SAMPLES["PROJECT"], name)
            for name in ITEMS if SAMPLES["ITEM"] in said else ():
                yield said.replace(SAMPLES["ITEM"], name)
                yield f"{said.replace(SAMPLES['ITEM'], name)} in Vault"
    for name in (OUTSIDER, "jo_field", "Jo", "Jo Feild"):
        yield from (f"person {name}", f"load {name}", f"raci data pipeline R {name} in Atlas")
        yield from (f"ask what does {name} own?", f"ask is {name} responsible for rollout?")
    for question in QUESTIONS:
        yield f"ask {question}"


def _parsed(line: str) -> Order | CharterError:
    try:
        return parse(line, date(2026, 11, 23))
    except CharterError as error:
        return error


def _where(one: tuple[str, int], other: tuple[str, int]) -> str:
    """Where two answers begin to differ."""
    pairs = zip(*(told for told, _ in (one, other)), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    shown = [told[max(0, same - 60) : same + 60] for told, _ in (one, other)]
    return f"{shown[0]} | {shown[1]}, {one[1]} and {other[1]} statements"


@pytest.mark.parametrize(
    ("who", "place"),
    [
        pytest.param("cy", HERE, id="cy-bound"),
        pytest.param("ana", ELSEWHERE, id="ana-elsewhere"),
        pytest.param("cy", ELSEWHERE, id="cy-elsewhere", marks=pytest.mark.long),
        pytest.param("ana", HERE, id="ana-bound", marks=pytest.mark.long),
    ],
)
def test_a3_edge_52_what_an_outsider_is_told_is_byte_equal(
    worlds: tuple[World, World], who: str, place: Place
) -> None:
    differing = {}
    for line in _lines():
        if who == "ana" and line.startswith(FOR_ADMINS):
            continue
        order = _parsed(line)
        told = []
        for world in worlds:
            world.team.now = T0.replace(hour=12)
            with counted(world.team.database) as statements:
                said = world.said(who, order, place)
            told.append((said, len(statements)))
        if told[0] != told[1]:
            differing[line] = _where(*told)
    assert differing == {}


def test_edge_52_a_guess_at_a_name_takes_the_same_work(worlds: tuple[World, World]) -> None:
    differing = {}
    for question in GUESSES:
        asking = [
            partial(world.team.charter.questions.ask, world.actor("cy"), question, ELSEWHERE)
            for world in worlds
        ]
        for ask in asking:  # what is read once is read by then
            ask()
        found = [calls(ask, "/bot/qa/") for ask in asking]
        if found[0] != found[1]:
            differing[question] = (found[0] - found[1], found[1] - found[0])
    assert differing == {}


@pytest.mark.parametrize("who", ["cy", "ana"])
def test_edge_53_home_forms_and_files_have_no_trace(worlds: tuple[World, World], who: str) -> None:
    told = []
    for world in worlds:
        world.team.now = T0.replace(hour=12)
        charter, actor = world.team.charter, world.actor(who)
        with counted(world.team.database) as statements:
            page = home.home(charter.projects.home(actor), charter.standups.open_ones(actor))
            form = modals.new_project(
                "", HERE, "UCY", is_bound=charter.projects.is_bound(actor, HERE)
            )
            subject = charter.exports.subject(actor, None, ELSEWHERE, whole=True)
            book = charter.exports.made(actor, subject, ELSEWHERE)
        told.append((_plain(page), _plain(form), book, len(statements)))
    assert told[0] == told[1]


def _values() -> Iterator[Values]:
    """What a button may carry: what is private, what is not, and what is nowhere."""
    for project in ("atlas", "atlas_2", "vault", "lunch"):
        for item in ("data_pipeline", "secret-alias Vault"):
            for number in (1, 7):
                numbers = dict.fromkeys("nefsv", number)
                yield {**numbers, "p": project, "i": item, "w": "bea", "r": "data_engineer"}


@pytest.mark.parametrize("who", ["cy", "ana"])
def test_edge_53_no_form_that_a_button_opens_has_a_trace(
    worlds: tuple[World, World], who: str
) -> None:
    more: dict[Act, Values] = {
        Act.VERDICT_OPEN: {"c": "go"},
        Act.RAID_OPEN: {"k": "risk"},
        Act.LINK_STAGE: {"k": "pull_request"},
        Act.GATE_TICK: {"k": "approved"},
    }
    differing = {}
    for act in (act for act, does in ON_PRESS.items() if isinstance(does, Opens)):
        for values in _values():
            given = {key: value for key, value in {**values, **more.get(act, {})}.items() if value}
            told = []
            for world in worlds:
                world.team.now = T0.replace(hour=12)
                with counted(world.team.database) as statements:
                    said = world.pressed(who, act, given, ELSEWHERE)
                told.append((said, len(statements)))
            if told[0] != told[1]:
                differing[f"{act}: {given}"] = _where(*told)
    assert differing == {}


@pytest.mark.parametrize("who", ["cy", "ana"])
def test_edge_53_ones_own_data_shortcuts_and_file_names_have_no_trace(
    worlds: tuple[World, World], who: str
) -> None:
    said = Source("C0SOME", "1795467409.000100", "UCY", "", "1795467409.000100")
    told = []
    for world in worlds:
        world.team.now = T0.replace(hour=12)
        charter, actor = world.team.charter, world.actor(who)
        with counted(world.team.database) as statements:
            own = charter.personal.export(actor)
            choice = charter.decisions.to_choose(actor, said, "Postgres", ELSEWHERE)
            menu = modals.decision(choice[0], said, choice[1], choice[2])
            found = [
                modals.question(
                    Asked(question),
                    charter.questions.ask(actor, question, Place(), private_reply=True),
                )
                for question in QUESTIONS
            ]
            files = []
            for project in (None, "Atlas"):
                subject = charter.exports.subject(actor, project, ELSEWHERE, whole=not project)
                made = charter.exports.made(actor, subject, ELSEWHERE)
                files.append((made.name, made.title, made.content))
        assert "Data pipeline" in own
        told.append((own, _plain(menu), _plain(found), files, len(statements)))
    assert told[0] == told[1]


def test_edge_55_a_file_names_private_projects_to_those_who_may_know(
    worlds: tuple[World, World],
) -> None:
    _, world = worlds
    made = {}
    for who in ("bea", "cy"):
        actor = world.actor(who)
        subject = world.team.charter.exports.subject(actor, None, ELSEWHERE, whole=True)
        made[who] = world.team.charter.exports.made(actor, subject, ELSEWHERE)
    assert sorted(made["bea"].private) == ["Atlas", "Nightfall", "Vault"]
    assert made["cy"].private == ()
    assert (made["bea"].projects, made["cy"].projects) == (4, 1)


def _plain(view: Any) -> str:
    return json.dumps(view, sort_keys=True, default=str)
