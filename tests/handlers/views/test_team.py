"""How the team is told of: whatever people and things are called, Slack takes it."""

from dataclasses import replace

from hypothesis import given

from bot.changes import JobGiven, RoleDefined
from bot.deciding.transfer import held_by, transfer
from bot.gaps import missing
from bot.lint import Ground, checked
from bot.load import idle, load, loads
from bot.orders import CloneRaci, Transfer
from bot.outcome import HeldLetter, Shown
from bot.project import Letter, Mode, Project, Scope
from bot.roles import CATALOGUE, Role, catalogue
from bot.startup import solo
from bot.team import (
    CatalogueDone,
    GapsShown,
    Holding,
    IdleShown,
    LintShown,
    LoadShown,
    Moved,
    Previewed,
    RoleShown,
    RolesShown,
    StartUpDone,
    VacantSeat,
)
from bot.telling import lines
from bot.waivers import Waiver
from handlers.views import home, lint, matrix, modals, plans, projects, roles, team
from tests.bot.team import BEA, CY, EVA, TEAM, project
from tests.handlers.views.homes import home_page
from tests.handlers.views.worlds import names, sound, sound_view
from tests.support.clock import T0

ROWS = {
    "idea": "A/R bea, C vacant Data Analyst",
    "framing": "R dee",
    "data_quality": "A bea",
    "annotation": "R bea, I @labellers",
    "rollout": "A/R eva",
}
GIVE = Transfer("<@UBEA>", "<@UCY>", everywhere=True)


def called(made: Project, name: str) -> Project:
    items = tuple(replace(item, title=name) for item in made.items)
    return replace(made, name=name, items=items)


@given(names, names)
def test_edge_67_whatever_things_are_called_the_team_can_be_told_of(name: str, who: str) -> None:
    made = called(project(ROWS, scope=Scope()), name)
    known = {key: replace(person, name=who, job_title=who) for key, person in TEAM.items()}
    for one in (made, None):
        sound(team.gaps(GapsShown(one, missing([made], known), known)))
    sound(team.idle(IdleShown(idle([made], known), 1, known, CATALOGUE)))
    sound(team.load(LoadShown(loads([made], known, 1), 1, known)))
    own = load(known[BEA], [made], known, 1)
    sound(team.load(LoadShown((own,), 1, known, known[BEA])))
    ground = Ground(made, known, T0.date(), lambda person: True)
    waiver = Waiver("no-a", None, name, T0.date())
    for waived in ([], [waiver]):
        report = checked(ground, waived)
        sound(lint.lint(LintShown((report,), known, whole=False)))
        sound(lint.lint(LintShown((report, report), known, whole=True)))


@given(names, names)
def test_edge_67_whatever_roles_are_called_they_can_be_told_of(name: str, who: str) -> None:
    role = Role("own", name, name, ("idea", "own"), ("developer", "gone"), is_own=True)
    known = catalogue([role])
    person = replace(TEAM[BEA], name=who)
    made = called(project(ROWS), name)
    letters = tuple(HeldLetter(made, item, Letter.A) for item in made.items)
    vacant = tuple(VacantSeat(made, item, Letter.R) for item in made.items)
    titles = {"idea": name}
    shown = RoleShown(role, known, titles, (Holding(person, letters),), vacant, may_edit=True)
    sound(roles.role(shown))
    sound(roles.role(replace(shown, holders=(), vacant=())))
    sound(roles.catalogue(RolesShown(known, titles, {"own": (person,)}, may_edit=True)))
    sound_view(modals.role(shown), "modal")
    changes = (
        RoleDefined(None, role),
        RoleDefined(role, None),
        RoleDefined(role, CATALOGUE["developer"]),
        JobGiven(BEA, "", "own", "", name),
    )
    for change in changes:
        told = lines(change, {BEA: person})
        for until in (T0, None):
            sound(roles.done(CatalogueDone(change, told, 7, T0, until, until is None), who))


@given(names, names)
def test_edge_67_whatever_is_previewed_can_be_told_of(name: str, who: str) -> None:
    made = called(project(ROWS), name)
    known = {key: replace(person, name=who) for key, person in TEAM.items()}
    blind = replace(made, id=9)
    plan = transfer(
        [made, blind],
        held_by(BEA),
        known[CY],
        known,
        lambda one, item: None,
        lambda one: one.id != 9,
        T0,
    )
    shown = Previewed(plan, who, who, known)
    sound(plans.previewed(shown, replace(GIVE, source=name[:200] or "x", reason=name)))
    sound(plans.previewed(shown, CloneRaci(name[:200] or "x", name[:200], with_people=True)))
    for until in (T0, None):
        sound(plans.moved(Moved(plan, who, who, (3, 4), T0, until, known), who))


def test_edge_68_more_than_fits_is_cut_and_said() -> None:
    rows = {f"row_{number}": "A/R bea" for number in range(120)}
    made = project(rows)
    plan = transfer(
        [made], held_by(BEA), TEAM[CY], TEAM, lambda one, item: None, lambda one: True, T0
    )
    message = plans.previewed(Previewed(plan, "Bea", "Cy", TEAM), GIVE)
    sound(message)
    assert "240 letters in 120 rows" in message.text
    assert "and 80 more rows" in message.text
    open_ones = project(dict.fromkeys(rows, ""))
    gaps = team.gaps(GapsShown(open_ones, missing([open_ones], TEAM), TEAM))
    sound(gaps)
    assert "and 210 more" in gaps.text
    report = checked(Ground(open_ones, TEAM, T0.date(), lambda person: True))
    told = lint.lint(LintShown((report,), TEAM, whole=False))
    sound(told)
    assert "and 220 more" in told.text


ALONE = project(dict.fromkeys(("idea", "framing", "rollout"), "A/R eva"), mode=Mode.STARTUP)


def test_r10_a_start_up_is_told_in_one_line_everywhere() -> None:
    shown = Shown(ALONE, None, dict(TEAM))
    assert "All 3 rows (start-up mode) | Eva Sample | Eva Sample" in matrix.matrix(shown).text
    assert "All 3 rows – 3 not started – Eva Sample, in start-up mode" in projects.shown(shown).text
    held = [(ALONE, item, letter) for item in ALONE.items for letter in (Letter.A, Letter.R)]
    page = home_page(TEAM[EVA], held, (ALONE,), people=dict(TEAM))
    told = str(home.home(page))
    assert "A/R – all 3 rows, in start-up mode" in told
    assert "Problem framing" not in told


def test_a_start_up_that_begins_and_ends_is_told() -> None:
    done = StartUpDone(ALONE, TEAM[EVA], solo(ALONE), (3, 7), T0, T0, TEAM)
    message = plans.started(done, "Ana")
    sound(message)
    assert "Eva Sample holds every seat that was open. 3 rows are told as one." in message.text
    sound(plans.started(replace(done, person=None, alone=None), "Ana"))
