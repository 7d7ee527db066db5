"""Whatever people are called, Slack takes every rendering, and nothing in it pings or formats."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands import CHAPTERS, COMMANDS, Chapter, Command, Help
from bot.errors import (
    Ambiguous,
    BadDocument,
    BadInput,
    CharterError,
    Forbidden,
    NotFound,
    Problem,
    Refused,
    SecondAccountable,
    Seen,
    Stale,
    Unavailable,
    Why,
)
from bot.home import HomePage
from bot.links import Card, LinkKept, LinkMade, Posted, Question
from bot.orders import Assign, Clear, Move, SetAlias, SetScope
from bot.outcome import Done, Listing, Place, Shown
from bot.project import Letter, Status
from bot.rights import Right
from handlers.views import changes, errors, help, home, links, matrix, modals, projects, scope
from tests.handlers.views.cards import cards
from tests.handlers.views.homes import homes
from tests.handlers.views.worlds import (
    buttons,
    done_worlds,
    listings,
    names,
    shown_worlds,
    sound,
    sound_view,
)

slowly = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)

FACTS = {
    *("alias", "item", "project", "date", "field", "known", "letters", "name"),
    *("number", "status", "group", "length", "longest", "words", "near", "on", "url"),
}
facts = st.dictionaries(st.sampled_from(sorted(FACTS)), names)
errors_of_all_kinds: st.SearchStrategy[CharterError] = st.one_of(
    st.builds(
        NotFound,
        st.sampled_from(["person", "project", "item", "command", "x"]),
        names,
        st.lists(names, max_size=5).map(tuple),
    ),
    st.builds(
        Ambiguous,
        st.sampled_from(["person", "project", "item"]),
        names,
        st.lists(st.tuples(names, names), max_size=12).map(tuple),
    ),
    st.builds(BadInput, st.sampled_from(Why), facts, st.sampled_from(["", "holder", "name"])),
    st.builds(Refused, st.sampled_from(Why), facts, st.sampled_from(["", "since", "note"])),
    st.builds(
        SecondAccountable,
        st.just("churn"),
        st.just("data_pipeline"),
        names,
        names,
        names,
        st.none() | st.just(NOW),
        names,
        names,
        st.integers(1, 99),
    ),
    st.builds(Forbidden, st.sampled_from(Right), names, st.lists(names, max_size=7).map(tuple)),
    st.builds(
        Stale, names, st.lists(st.builds(Seen, names, st.just(NOW), names), max_size=12).map(tuple)
    ),
    st.builds(Unavailable, names),
    st.builds(BadDocument, st.lists(st.builds(Problem, names, names), max_size=60).map(tuple)),
)
orders = st.one_of(
    st.none(),
    st.builds(
        Assign,
        names,
        st.just((Letter.A, Letter.R)),
        names,
        st.none() | names,
        st.none() | st.just(date(2026, 3, 1)),
    ),
    st.builds(Clear, names, st.just((Letter.R,)), st.none() | names, st.none() | names),
    st.builds(Move, names, st.sampled_from(Status), st.none() | names, st.none() | names),
    st.builds(SetScope, st.just("goal"), names, st.none() | names),
    st.builds(SetAlias, names, st.none() | names, st.none() | names, st.booleans()),
)


@slowly
@given(shown_worlds())
def test_projects_rows_and_matrices(shown: Shown) -> None:
    sound(projects.shown(shown))
    sound(scope.shown(shown))
    sound(scope.field(shown, "goal"))
    sound(scope.field(shown, "out_of_scope"))
    sound(matrix.row(shown))
    sound(matrix.matrix(shown))


@slowly
@given(listings())
def test_listings(listing: Listing) -> None:
    sound(projects.listed(listing))


@slowly
@given(done_worlds(), names)
def test_changes(done: Done, by_name: str) -> None:
    sound(changes.done(done, by_name))


@slowly
@given(homes())
def test_homes(page: HomePage) -> None:
    sound_view(home.home(page), "home")


@slowly
@given(shown_worlds(), st.none() | st.sampled_from(Letter), names, st.booleans())
def test_forms(shown: Shown, letter: Letter | None, name: str, private: bool) -> None:
    sound_view(modals.assign(shown, letter), "modal")
    sound_view(modals.assign(replace(shown, item=None), letter), "modal")
    if shown.item:
        sound_view(modals.move(shown), "modal")
    place = Place("C1", name, is_private=private)
    sound_view(modals.new_project(name, place, "U1"), "modal")
    sound_view(modals.new_project(name, Place()), "modal")
    sound_view(modals.notice(matrix.matrix(shown)), "modal")
    sound_view(modals.loading(name), "modal")


@slowly
@given(errors_of_all_kinds, orders)
def test_errors(error: CharterError, order: Assign | None) -> None:
    sound(errors.worded(error))
    sound(errors.worded(error, order))
    assert errors.plain(error).strip()
    view = {"callback_id": "assignment.save", "blocks": [{"block_id": "holder"}]}
    under = errors.field_errors(error, view)
    assert under is None or all(under.values())


@slowly
@given(cards(), st.sampled_from(Posted), st.none() | done_worlds(), names)
def test_cards_and_what_is_said_of_them(
    card: Card, posted: Posted, done: Done | None, name: str
) -> None:
    sound(links.card(card))
    ref = card.linked.ref
    sound(links.asked(Question(ref, ((name, "churn"),) * 8, 3), "1.1", None))
    if card.project is not None:
        sound(links.made(LinkMade(card, posted, done)))
        sound_view(modals.link_stage(card), "modal")
    if done is not None:
        sound(links.made(LinkKept(f"https://x.example/{name}", name, done, is_open=True)))


@given(names)
def test_an_unexpected_error(reference: str) -> None:
    sound(errors.unexpected(reference))


def test_every_help() -> None:
    titles = (each.title for each in CHAPTERS)
    for topic in (None, "nonsense", *titles, *(entry.name for entry in COMMANDS)):
        sound(help.helped(topic))


def test_help_is_short_by_topic_and_loses_nothing() -> None:
    whole = sound(help.helped())
    assert len(whole.text) < 2000
    topics = [one.get("value") for one in buttons(whole.blocks)]
    for each in CHAPTERS:
        names = ", ".join(entry.name for entry in each.commands)
        assert f"{each.title}: {names}" in whole.text
        assert json.dumps({"t": each.title}, separators=(",", ":")) in topics
        page = sound(help.helped(each.title))
        for entry in each.commands:
            assert f"/charter {entry.name} – {entry.help}" in page.text
            assert entry.name in [one["text"]["text"] for one in buttons(page.blocks)]
            one = sound(help.helped(entry.name))
            assert all(f"/charter {form}" in one.text for form in entry.forms)


def test_help_fits_one_message_with_many_more_commands() -> None:
    entry = Command("unarchive", ("unarchive",), "unarchive", "x" * 72, lambda rest, today: Help())
    many = [Chapter("What a project is for", (entry,) * 5)] * 12
    said = sound(help.overview(many))
    assert json.dumps(said.blocks).count('"unarchive"') == 60
    assert said.blocks[-1]["type"] == "actions"
