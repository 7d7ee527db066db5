"""A small workspace for the views, with the names that hypothesis makes for it."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from bot.outcome import Done, Listing, Shown
from bot.people import Person
from bot.project import (
    Assignment,
    Channel,
    Group,
    Holder,
    Item,
    Kind,
    Letter,
    Metric,
    Mode,
    PersonHolder,
    Project,
    Scope,
    Status,
    Vacancy,
)
from bot.telling import Line
from bot.upkeep import Link
from handlers.playground.double.blocks import faults_of_message, faults_of_view
from handlers.views.acts import act_of
from handlers.views.kit import Message, in_words

T0 = datetime(2026, 11, 23, 10, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)

NASTY = [
    "<!channel>",
    "<@U1>",
    "*_~`",
    "x" * 4000,
    "👩\u200d💻" * 900,
    "\u202eمشروع\u202c",
    "&amp; & <b>",
    " ",
    "",
    "\u200b",
    "\n\t",
    "\x00",
    "\ud800",
    "{item}",
    "`code`",
    "a\nb",
    ":tada:",
]
names = st.sampled_from(NASTY) | st.text(max_size=40)


def person(key: int, name: str, **more: Any) -> Person:
    return Person(id=key, key=f"p{key}", name=name, first_name=name, **more)


ANA = person(1, "Ana Ruiz", slack_id="U1", email="ana@marlow.example")
BEA = person(2, "Bea Lind", slack_id="U2", email="bea@marlow.example")
CY = person(3, "Cy Moss", slack_id="U3", email="cy@marlow.example")
LEO = person(4, "Leo Park", active=False, left_on=date(2026, 10, 1))
PEOPLE = {one.id: one for one in (ANA, BEA, CY, LEO)}


def held(letter: Letter, holder: Holder, key: int = 1, **more: Any) -> Assignment:
    more = {"since": MARCH, "until": None, "recorded_at": MARCH, "set_by": 1, **more}
    return Assignment(id=key, letter=letter, holder=holder, source="command", **more)


SEAT = Vacancy("Data Engineer", "DE-114")
PIPELINE = Item(
    id=10,
    key="data_pipeline",
    kind=Kind.STAGE,
    title="Data pipeline",
    status=Status.IN_PROGRESS,
    due=date(2026, 12, 1),
    assignments=(
        held(Letter.A, PersonHolder(2), 1),
        held(Letter.R, PersonHolder(3), 2, recorded_at=T0),
        held(Letter.R, SEAT, 3),
        held(Letter.I, Group("S1", "labellers"), 4),
    ),
    version=7,
)
QUALITY = Item(
    id=11,
    key="data_quality",
    kind=Kind.STAGE,
    title="Data quality",
    status=Status.BLOCKED,
    note="waiting for the export",
    assignments=(held(Letter.A, SEAT, 5),),
)
ROLLOUT = Item(
    id=12,
    key="rollout",
    kind=Kind.STAGE,
    title="Roll-out",
    assignments=(held(Letter.A, PersonHolder(4), 6), held(Letter.R, PersonHolder(3), 7)),
)
METRICS = Item(
    id=13,
    key="metrics",
    kind=Kind.STAGE,
    title="Success metrics",
    last_accountable=held(Letter.A, PersonHolder(2), 8, until=T0),
)
INGESTION = Item(
    id=14,
    key="image_ingestion",
    kind=Kind.COMPONENT,
    title="Image ingestion",
    parent="data_pipeline",
    inherits_raci=True,
)
CHURN = Project(
    id=1,
    key="churn",
    name="Churn Radar",
    aliases=("CR",),
    lead=1,
    channels=(Channel("C1", "churn-radar"),),
    items=(PIPELINE, QUALITY, ROLLOUT, METRICS, INGESTION),
    scope=Scope(
        fields={"goal": "10 % fewer customers leave", "problem": "Too many leave unnoticed"},
        in_scope=("Europe", "Subscriptions"),
        out_of_scope=("Pricing",),
        metrics=(
            Metric("Recall", (), True, "%", 60.0, 80.0, None, None),
            Metric("MAPE", (), False, "", None, None, 0.12, None),
        ),
        stakeholders=(2,),
        links=(Link("Board", "https://boards.example/churn"), Link("Bad", "javascript:alert(1)")),
    ),
)


def shown(item: Item | None = None, project: Project = CHURN) -> Shown:
    return Shown(project, item, dict(PEOPLE))


# Sound for Slack?


def sound(message: Message) -> Message:
    """The message, after Slack's own rules had their look at it."""
    assert faults_of_message(message.blocks) == []
    assert message.text.strip()
    assert len(message.text) <= 4000
    assert_acts_known(message.blocks)
    assert_nothing_marked_up(message.blocks)
    message.text.encode()
    return message


def sound_view(view: dict[str, Any], surface: str) -> dict[str, Any]:
    assert faults_of_view(view, surface) == []
    assert_acts_known(view["blocks"])
    assert_nothing_marked_up(view["blocks"])
    return view


def buttons(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every button of a message or view."""
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    beside = [[block["accessory"]] for block in blocks if "accessory" in block]
    return [one for row in [*rows, *beside] for one in row if one["type"] == "button"]


def button_of(blocks: list[dict[str, Any]], label: str) -> dict[str, Any]:
    return next(one for one in buttons(blocks) if one["text"]["text"].startswith(label))


def words(blocks: list[dict[str, Any]]) -> str:
    return "\n".join(in_words(block) for block in blocks)


def assert_acts_known(blocks: list[dict[str, Any]]) -> None:
    for one in buttons(blocks):
        act_of(one["action_id"])


def assert_nothing_marked_up(part: Any) -> None:
    """No mention anywhere, and no mrkdwn but a moment: what people wrote cannot ping or format."""
    if isinstance(part, dict):
        assert part.get("type") not in {"user", "channel", "usergroup", "broadcast"}
        if part.get("type") == "mrkdwn":
            assert in_words(part) != part["text"]
        assert part.get("emoji") is not True
        for inner in part.values():
            assert_nothing_marked_up(inner)
    elif isinstance(part, list):
        for inner in part:
            assert_nothing_marked_up(inner)


# Worlds with nasty names

moments = st.none() | st.just(MARCH)
holders: st.SearchStrategy[Holder] = st.one_of(
    st.sampled_from([1, 2, 3, 4, 99]).map(PersonHolder),
    st.builds(Vacancy, names, st.none() | names),
    st.builds(Group, st.just("S1"), names),
)
assignments = st.builds(
    Assignment,
    id=st.integers(1, 999),
    letter=st.sampled_from(Letter),
    holder=holders,
    since=moments,
    until=st.none(),
    recorded_at=st.just(T0),
    set_by=st.none() | st.sampled_from([1, 99]),
    source=st.just("command"),
)


def items(key: int) -> st.SearchStrategy[Item]:
    return st.builds(
        Item,
        id=st.just(key),
        key=st.just(f"item{key}"),
        kind=st.sampled_from(Kind),
        title=names,
        aliases=st.just(()),
        parent=st.none() | st.just("item0"),
        inherits_raci=st.booleans(),
        status=st.sampled_from(Status),
        note=st.none() | names,
        due=st.none() | st.just(date(2026, 12, 1)),
        baseline_due=st.none() | st.just(date(2026, 11, 1)),
        assignments=st.lists(assignments, max_size=4).map(tuple),
        last_accountable=st.none() | assignments,
    )


scopes = st.builds(
    Scope,
    fields=st.dictionaries(st.sampled_from(["goal", "problem", "sponsor"]), names),
    in_scope=st.lists(names, max_size=3).map(tuple),
    out_of_scope=st.lists(names, max_size=30).map(tuple),
    metrics=st.lists(
        st.builds(
            Metric,
            name=names,
            aliases=st.just(()),
            higher=st.booleans(),
            unit=names,
            baseline=st.none() | st.floats(),
            target=st.none() | st.floats(),
            current=st.none() | st.floats(),
            updated=st.none(),
        ),
        max_size=3,
    ).map(tuple),
    stakeholders=st.lists(st.sampled_from([1, 99]), max_size=2).map(tuple),
    links=st.lists(st.builds(Link, names, names), max_size=3).map(tuple),
)
people = st.lists(names, min_size=4, max_size=4).map(
    lambda found: {
        key: person(key, name, active=key != 4) for key, name in enumerate(found, start=1)
    }
)


@st.composite
def projects(draw: st.DrawFn, most: int = 4) -> Project:
    size = draw(st.integers(0, most) | st.sampled_from([0, 130]))
    few = draw(st.lists(st.integers(0, 3), min_size=1, max_size=1))
    found = tuple(draw(items(n)) for n in range(min(size, 4)))
    more = tuple(
        Item(id=n, key=f"more{n}", kind=Kind.STAGE, title=f"Stage {n}", status=Status.BLOCKED)
        for n in range(4, size)
    )
    return Project(
        id=draw(st.integers(1, 9)),
        key="churn",
        name=draw(names),
        aliases=tuple(draw(st.lists(names, max_size=8))),
        lead=draw(st.none() | st.sampled_from([1, 4, 99])),
        mode=draw(st.sampled_from(Mode)),
        private=draw(st.booleans()),
        channels=tuple(Channel("C1", draw(names)) for _ in few),
        archived_at=draw(moments),
        items=found + more,
        scope=draw(scopes),
    )


@st.composite
def shown_worlds(draw: st.DrawFn) -> Shown:
    project = draw(projects())
    item = draw(st.none() | st.sampled_from(project.items)) if project.items else None
    return Shown(project, item, draw(people))


lines = st.builds(
    Line,
    st.sampled_from(["accountable", "status", "due", "alias", "archived", "channel", "goal"])
    | names,
    names,
    names,
)


@st.composite
def done_worlds(draw: st.DrawFn) -> Done:
    world = draw(shown_worlds())
    return Done(
        project=world.project,
        item=world.item,
        lines=tuple(draw(st.lists(lines, min_size=1, max_size=4))),
        seq=draw(st.integers(1, 10**9)),
        at=T0,
        undo_until=draw(st.none() | st.just(T0.replace(minute=10))),
        undone=draw(st.booleans()),
        people=draw(st.just({}) | people),
    )


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    found = draw(st.lists(projects(most=1), max_size=3)) * draw(st.sampled_from([1, 20]))
    page = draw(st.integers(1, 9))
    return Listing(tuple(found), draw(people), page, 9, draw(st.integers(0, 3)))
