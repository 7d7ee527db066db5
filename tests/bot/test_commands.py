"""The `/charter` grammar: what people type, and what Charter takes it for."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands import (
    COMMANDS,
    STATUSES,
    Archive,
    Ask,
    Bind,
    Help,
    ListProjects,
    OpenNew,
    Order,
    Show,
    ShowMatrix,
    ShowRow,
    ShowScope,
    Unbind,
    Welcome,
    as_slack_sends,
    cleaned,
    normalised,
    parse,
    read_date,
    spoken,
)
from bot.errors import BadInput, NotFound, Why
from bot.orders import AddLink, Assign, Clear, Due, Move, SetAlias, SetScope
from bot.project import Letter, Status
from bot.scope import FIELD, Kind
from tests.support.understood import understood

TODAY = date(2026, 11, 23)
A, R, C, I = Letter.A, Letter.R, Letter.C, Letter.I  # noqa: E741 - the letter's own name
PIPELINE = "data pipeline"
PR = "https://github.com/acme/churn/pull/7"

UNDERSTOOD: list[tuple[str, Order]] = [
    ("", Welcome()),
    ("  \u00a0 ", Welcome()),
    ("help", Help()),
    ("HELP raci", Help("raci")),
    ("help /charter stage", Help("stage")),
    ("help create", Help("new")),
    ("help what may go wrong", Help("What may go wrong")),
    ("help Who may do what", Help("Who may do what")),
    ("help still true?", Help("Still true?")),
    ("help gates", Help("Stages, gates and health")),
    ("help raci please", Help("raci")),
    ("/charter list", ListProjects()),
    ("list page 3", ListProjects(3)),
    ("projects 2", ListProjects(2)),
    ("new", OpenNew()),
    ("new Churn Radar", OpenNew("Churn Radar")),
    ("new “Finch’s Radar”", OpenNew("Finch’s Radar")),
    ("new R&amp;D &lt;!channel&gt;", OpenNew("R&D <!channel>")),
    ("show", Show()),
    ("show in «Churn Radar»", Show("Churn Radar")),
    ("who owns the data pipeline?", Ask("who owns the data pipeline?")),
    ("who ownes the ETL", Ask("who ownes the ETL")),
    ("who data pipeline", Ask("who owns data pipeline")),
    ("who's on rollout", Ask("who's on rollout")),
    ("Whom do I ask about labels?", Ask("Whom do I ask about labels?")),
    ("is the pipeline blocked?", Ask("is the pipeline blocked?")),
    ("ask “who signs off?”", Ask("who signs off?")),
    ("raci", ShowMatrix()),
    ("raci in Churn Radar", ShowMatrix("Churn Radar")),
    ("raci data pipeline", ShowRow(PIPELINE)),
    ("raci plan B pipeline", ShowRow("plan B pipeline")),
    ("raci data pipeline in Churn Radar", ShowRow(PIPELINE, "Churn Radar")),
    ("raci data pipeline in Plan A", ShowRow(PIPELINE, "Plan A")),
    ("raci data pipeline A <@U1|bea>", Assign(PIPELINE, (A,), "<@U1>")),
    ("raci data pipeline A/R <@U1>", Assign(PIPELINE, (A, R), "<@U1>")),
    ("raci data pipeline AR <@U1>", Assign(PIPELINE, (A, R), "<@U1>")),
    ("raci data pipeline a,r <@U1>", Assign(PIPELINE, (A, R), "<@U1>")),
    ("raci data pipeline A, R <@U1>", Assign(PIPELINE, (A, R), "<@U1>")),
    ("raci data pipeline R+A <@U1>", Assign(PIPELINE, (A, R), "<@U1>")),
    ("raci data pipeline R and A <@U1>", Assign(PIPELINE, (A, R), "<@U1>")),
    ("raci data pipeline A: @bea", Assign(PIPELINE, (A,), "bea")),
    ("raci data pipeline i to Bea Lind", Assign(PIPELINE, (I,), "Bea Lind")),
    ("raci data pipeline A C Moss", Assign(PIPELINE, (A,), "C Moss")),
    ("raci the car model R @bea", Assign("the car model", (R,), "bea")),
    ('raci "train a model" A @bea', Assign("train a model", (A,), "bea")),
    ("raci train a model A @bea", Assign("train a model", (A,), "bea")),
    ("raci rollout A me hand over", Assign("rollout", (A,), "me", hand_over=True)),
    (
        "raci rollout A me since 2026-03-01 handover",
        Assign("rollout", (A,), "me", None, date(2026, 3, 1), hand_over=True),
    ),
    (
        "raci data pipeline A @bea in Churn Radar since 1 March",
        Assign(PIPELINE, (A,), "bea", "Churn Radar", date(2026, 3, 1)),
    ),
    (
        "raci data pipeline in Churn Radar A @bea since March 1",
        Assign(PIPELINE, (A,), "bea", "Churn Radar", date(2026, 3, 1)),
    ),
    (
        "raci data pipeline R vacant Engineer in Test DE-114 in Churn",
        Assign(PIPELINE, (R,), "vacant Engineer in Test DE-114", "Churn"),
    ),
    (
        "raci annotation R <!subteam^S1|@labellers>",
        Assign("annotation", (R,), "<!subteam^S1|@labellers>"),
    ),
    ("raci data pipeline clear A", Clear(PIPELINE, (A,))),
    ("raci data pipeline A clear in Churn", Clear(PIPELINE, (A,), None, "Churn")),
    ("raci data pipeline clear R/C <@U1>", Clear(PIPELINE, (R, C), "<@U1>")),
    ("raci data pipeline clear all", Clear(PIPELINE, (A, R, C, I))),
    ("stage rollout", ShowRow("rollout")),
    ("stage data pipeline in progress", Move(PIPELINE, Status.IN_PROGRESS)),
    ("stage data pipeline is on-hold", Move(PIPELINE, Status.ON_HOLD)),
    ("stage done checks done", Move("done checks", Status.DONE)),
    (
        "stage data pipeline in progress in Churn Radar",
        Move(PIPELINE, Status.IN_PROGRESS, None, "Churn Radar"),
    ),
    (
        "stage data pipeline in Churn Radar at risk",
        Move(PIPELINE, Status.AT_RISK, None, "Churn Radar"),
    ),
    (
        "stage data pipeline blocked: waiting – in “Q1”: export",
        Move(PIPELINE, Status.BLOCKED, "waiting – in “Q1”: export"),
    ),
    (
        "stage rollout blocked because no GPU in Berlin",
        Move("rollout", Status.BLOCKED, "no GPU in Berlin"),
    ),
    ("stage rollout blocked — no GPU", Move("rollout", Status.BLOCKED, "no GPU")),
    (
        "stage rollout blocked: no GPU in “Churn Radar”",
        Move("rollout", Status.BLOCKED, "no GPU", "Churn Radar"),
    ),
    (
        "stage rollout blocked in Churn Radar:no GPU",
        Move("rollout", Status.BLOCKED, "no GPU", "Churn Radar"),
    ),
    ("due rollout 2027-03-01", Due("rollout", date(2027, 3, 1))),
    ("due rollout on 1 March", Due("rollout", date(2027, 3, 1))),
    ("due data pipeline 1 Mar 2027 in Churn", Due(PIPELINE, date(2027, 3, 1), "Churn")),
    ("due data pipeline in Churn tomorrow", Due(PIPELINE, date(2026, 11, 24), "Churn")),
    ("due rollout none", Due("rollout", None)),
    ("scope", ShowScope()),
    ("scope in scope", ShowScope("in_scope")),
    ("scope out-of-scope", ShowScope("out_of_scope")),
    ("scope in Churn Radar", ShowScope(None, "Churn Radar")),
    ("scope goal in Churn Radar", ShowScope("goal", "Churn Radar")),
    ("scope goal: Fewer returns in shops", SetScope("goal", "Fewer returns in shops")),
    ("scope goal = “Fewer returns”", SetScope("goal", "Fewer returns")),
    ("scope goal Fewer returns in Churn", SetScope("goal", "Fewer returns", "Churn")),
    ("scope goal in Churn Radar: fewer", SetScope("goal", "fewer", "Churn Radar")),
    ("scope why: rules fail", SetScope("why_ml", "rules fail")),
    ("scope in scope: a\nb – c", SetScope("in_scope", "a\nb – c")),
    ("alias ETL = data pipeline in Churn", SetAlias("ETL", PIPELINE, "Churn")),
    ("alias ETL=data pipeline", SetAlias("ETL", PIPELINE)),
    ("alias add the pipes for data pipeline", SetAlias("the pipes", PIPELINE)),
    ("alias CR for project Churn Radar", SetAlias("CR", None, "Churn Radar")),
    ("alias CR for this project", SetAlias("CR", None)),
    ("alias remove ETL = data pipeline", SetAlias("ETL", PIPELINE, added=False)),
    ("alias remove ETL", SetAlias("ETL", "ETL", added=False)),
    ("bind Churn Radar", Bind("Churn Radar")),
    ("bind <#C1|churn-radar>", Bind("#churn-radar")),
    ("unbind", Unbind()),
    ("archive", Archive()),
    ("archive Churn Radar", Archive("Churn Radar")),
    ("unarchive Churn Radar", Archive("Churn Radar", archived=False)),
]


@pytest.mark.parametrize(("text", "order"), UNDERSTOOD, ids=[text for text, _ in UNDERSTOOD])
def test_understood(text: str, order: Order) -> None:
    assert understood(text, TODAY) == order


@pytest.mark.parametrize(
    ("text", "why", "field"),
    [
        ("raci data pipeline X @bea", Why.BAD_LETTER, "letters"),
        ("raci data pipeline X Bea Lind", Why.BAD_LETTER, "letters"),
        ("raci data pipeline A/X <@U1>", Why.BAD_LETTER, "letters"),
        ("raci data pipeline AA <@U1>", Why.BAD_LETTER, "letters"),
        ("raci data pipeline clear", Why.BAD_LETTER, "letters"),
        ("raci data pipeline A", Why.EMPTY_TEXT, "holder"),
        ("raci data pipeline A @", Why.EMPTY_TEXT, "holder"),
        ("raci data pipeline A vacant", Why.EMPTY_TEXT, "role"),
        ("raci data pipeline A @bea since never", Why.BAD_DATE, "date"),
        ("raci data pipeline A @bea since tomorrow", Why.FUTURE_DATE, "since"),
        ("raci " + "x" * 256, Why.TEXT_TOO_LONG, "item"),
        ("stage rollout finnished", Why.BAD_STATUS, "status"),
        ("stage rollout wobbly: x", Why.BAD_STATUS, "status"),
        ("stage rollout blocked waiting for it", Why.WORDS_LEFT_OVER, "note"),
        ("stage", Why.EMPTY_TEXT, "item"),
        ("stage blocked", Why.EMPTY_TEXT, "item"),
        ("due rollout", Why.BAD_DATE, "due"),
        ("due rollout someday", Why.BAD_DATE, "due"),
        ("due rollout 03/04/2026", Why.BAD_DATE, "due"),
        ("due rollout 30 February", Why.BAD_DATE, "due"),
        ("due", Why.EMPTY_TEXT, "item"),
        ("scope budget: 3", Why.BAD_FIELD, "name"),
        ("scope goal:", Why.EMPTY_TEXT, "value"),
        ("alias", Why.EMPTY_TEXT, "alias"),
        ("alias ETL", Why.EMPTY_TEXT, "item"),
        ("bind", Why.EMPTY_TEXT, "project"),
        ("unarchive", Why.EMPTY_TEXT, "project"),
        ("list many", Why.BAD_NUMBER, "page"),
        ("ask", Why.EMPTY_TEXT, "question"),
        ("who", Why.EMPTY_TEXT, "question"),
    ],
)
def test_bad_input(text: str, why: Why, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, TODAY)
    assert (caught.value.why, caught.value.field) == (why, field)


def test_bad_letters_are_named_with_the_allowed_ones() -> None:
    with pytest.raises(BadInput) as caught:
        parse("raci data pipeline X @bea", TODAY)
    assert caught.value.facts == {"letters": "X", "allowed": "A, R, C, I"}


def test_a_misspelt_status_is_told_the_nearest() -> None:
    with pytest.raises(BadInput) as caught:
        parse("stage rollout blokced", TODAY)
    assert caught.value.facts["near"] == "blocked"


@pytest.mark.parametrize(
    ("text", "ahead", "behind"),
    [
        ("today", TODAY, TODAY),
        ("Tomorrow", date(2026, 11, 24), date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22), date(2026, 11, 22)),
        ("2026-3-1", date(2026, 3, 1), date(2026, 3, 1)),
        ("1 March", date(2027, 3, 1), date(2026, 3, 1)),
        ("March 1", date(2027, 3, 1), date(2026, 3, 1)),
        ("1st of Mar.", date(2027, 3, 1), date(2026, 3, 1)),
        ("1 Mar 2026", date(2026, 3, 1), date(2026, 3, 1)),
        ("March 1st, 2026", date(2026, 3, 1), date(2026, 3, 1)),
        ("23 Nov", TODAY, TODAY),
        ("29 February", date(2028, 2, 29), date(2024, 2, 29)),
        ("2 Sept", date(2027, 9, 2), date(2026, 9, 2)),
    ],
)
def test_dates(text: str, ahead: date, behind: date) -> None:
    assert read_date(text, TODAY, ahead=True) == ahead
    assert read_date(text, TODAY, ahead=False) == behind


@pytest.mark.parametrize(
    "text", ["", "1", "32 March", "March", "1 M", "1 Marble", "0001-01-01", "٢٠٢٦-٠٣-٠١", "1/2/26"]
)
def test_nonsense_is_no_date(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_date(text, TODAY, ahead=True)
    assert caught.value.why is Why.BAD_DATE


def test_phone_punctuation_is_made_plain() -> None:
    typed = "“R–2”\u00a0it’s\u200b \u202edone\u2069… &lt;b&gt; <@U1|Bea Lind> <#C1|ml> <#C2>"
    assert normalised(typed) == '"R-2" it\'s done... <b> <@U1> #ml <#C2>'


def test_emoji_keep_their_joiners() -> None:
    assert cleaned("👩\u200d💻") == normalised("👩\u200d💻") == "👩\u200d💻"


# Round trip: an order, said as a command and read again, is the same order.

WORDS = [
    "in A R since clear vacant blocked because hand over project = for : - ; me all to none",
    'pipeline 🦄 مشروع data "quoted" back\\slash <!channel> & <b> *_~` Churn',
]
NAMES = (
    st.lists(st.sampled_from(" ".join(WORDS).split()), min_size=1, max_size=5).map(" ".join)
    | st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=30)
).filter(lambda name: bool(name) and normalised(as_slack_sends(name)) == name)
TEXTS = (NAMES | st.text(st.characters(exclude_categories=["C"]), max_size=60)).filter(
    lambda text: bool(text) and cleaned(as_slack_sends(text)) == text
)
MAYBE = st.none() | NAMES
LETTERS = st.sets(st.sampled_from(Letter), min_size=1).map(
    lambda chosen: tuple(letter for letter in Letter if letter in chosen)
)
HOLDERS = st.sampled_from(["me", "<@U1>", "<!subteam^S1|@grp>", "vacant Data Engineer DE-114"]) | (
    NAMES.filter(lambda name: not name.startswith("@") and name.casefold() != "vacant")
)
PAST = st.dates(date(1970, 1, 1), TODAY)
DATES = st.dates(date(1970, 1, 1), date(2199, 12, 31))
URLS = st.sampled_from([PR, "http://x.example:8/a?b=%20&c#/d", "https://münchen.example/ü"])
DATED = [name for name, field in FIELD.items() if field.kind is Kind.DAY]
WORDED = [name for name in FIELD if name not in DATED]
ORDERS: st.SearchStrategy[Order] = st.one_of(
    st.builds(Help, st.none() | st.sampled_from([c.name for c in COMMANDS])),
    st.builds(OpenNew, st.just("") | TEXTS),
    st.builds(ListProjects, st.integers(1, 999_999)),
    st.builds(Show, MAYBE),
    st.builds(ShowMatrix, MAYBE),
    st.builds(ShowRow, NAMES, MAYBE),
    st.builds(ShowScope, st.none() | st.sampled_from([*FIELD]), MAYBE),
    st.builds(Ask, TEXTS),
    st.builds(Assign, NAMES, LETTERS, HOLDERS, MAYBE, st.none() | PAST, st.booleans()),
    st.builds(Clear, NAMES, LETTERS, st.none() | HOLDERS, MAYBE),
    st.builds(Move, NAMES, st.sampled_from(Status), st.none() | TEXTS, MAYBE),
    st.builds(Due, NAMES, st.none() | DATES, MAYBE),
    st.builds(SetScope, st.sampled_from(WORDED), TEXTS, MAYBE),
    st.builds(SetScope, st.sampled_from(DATED), DATES.map(date.isoformat), MAYBE),
    st.builds(SetAlias, NAMES, MAYBE, MAYBE, st.booleans()),
    st.builds(AddLink, URLS, MAYBE, MAYBE),
    st.builds(Bind, NAMES),
    st.builds(Unbind, MAYBE),
    st.builds(Archive, NAMES, st.booleans()),
)


@given(ORDERS)
@example(Move("x", Status.BLOCKED, 'late in "Churn"', None))
@example(SetScope("goal", "in “Q1”", "R&D"))
def test_round_trip(order: Order) -> None:
    assert understood(as_slack_sends(spoken(order)), TODAY) == order


HEADS = st.sampled_from(
    ["", *(c.name for c in COMMANDS), "raci x A", "stage x blocked", "alias x ="]
)
PIECES = st.lists(
    st.sampled_from(
        [*" ".join(WORDS).split(), '"', "“", "”", "«", "<@U1|bea>", "1 March", "\u200b"]
    )
    | st.text(max_size=8),
    max_size=12,
).map(" ".join)


@given(HEADS, PIECES | st.text())
@example("raci", "\ud800 A @x")
@example("due", "x 31 June")
def test_nothing_but_charters_own_errors(head: str, tail: str) -> None:
    with suppress(BadInput, NotFound):
        parse(f"{head} {tail}", TODAY)


@pytest.mark.parametrize(
    "piece", ["a, ", '" ', "“x ", '\\" ', "in ", "A @b ", "🦄", "؟ ", "= ", "<@"]
)
@pytest.mark.parametrize(
    "head", ["", "ask ", "link ", "raci ", "stage ", "alias ", "scope goal in ", "due "]
)
def test_endless_text_is_read_quickly(head: str, piece: str) -> None:
    text = (head + piece * 40_000)[:40_000]
    with suppress(BadInput, NotFound):
        parse(text, TODAY)


def test_every_status_is_understood_by_its_own_words() -> None:
    assert {STATUSES[status.words] for status in Status} == set(Status)
