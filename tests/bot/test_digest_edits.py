"""Many edits of one thing are one line of a digest, and what was changed back is none."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot import deciding
from bot.changes import (
    AliasChanged,
    ArchiveChanged,
    Change,
    DueMoved,
    ProjectCreated,
    RolesChanged,
    ScopeChanged,
    StageMoved,
)
from bot.digests.edits import LOADED, Edit, Net, net
from bot.errors import CharterError
from bot.project import Item, Kind, Letter, Mode, PersonHolder, Project, Status
from bot.telling import holder_name
from tests.bot.support import ANA, BEA, CY, HOLDERS, PEOPLE, applied, held
from tests.support.clock import T0

DAY = timedelta(days=1)
ITEM = Item(
    *(7, "s7", Kind.STAGE, "Stage 7"),
    assignments=(
        held(Letter.A, PersonHolder(BEA), 1),
        held(Letter.R, PersonHolder(CY), 2),
        held(Letter.C, HOLDERS[3], 3),
    ),
)
ATLAS = Project(3, "atlas", "Atlas", lead=ANA, items=(ITEM,))


def test_twelve_edits_of_one_thing_are_one_line() -> None:
    days = [date(2026, 12, day) for day in range(1, 14)]
    edits = [
        Edit(3, 7, DueMoved(3, 7, before, after), by, T0 - DAY)
        for before, after, by in zip(days, days[1:], [ANA, BEA] * 6, strict=False)
    ]
    assert net(edits, PEOPLE) == (
        Net(7, "due", "2026-12-01", "2026-12-13", (ANA, BEA), 12, T0 - DAY),
    )


def test_what_was_taken_back_is_no_change() -> None:
    change = deciding.assign(
        ATLAS, ITEM, (Letter.A,), PersonHolder(CY), PEOPLE, since=T0, now=T0, hand_over=True
    )
    back = deciding.reverse(change, applied(ITEM, change))
    assert back is not None
    edits = [Edit(3, 7, change, ANA, T0), Edit(3, 7, back, ANA, T0)]
    assert [one.after for one in net(edits[:1], PEOPLE)] == ["Cy Sample"]
    assert net(edits, PEOPLE) == ()


def test_a_new_project_and_a_document_are_told() -> None:
    made = ProjectCreated("atlas", "Atlas", Mode.TEAM, ANA, False, frozenset(), None, ())
    edits = [Edit(3, None, made, ANA, T0), *[Edit(3, 7, None, None, T0)] * 3]
    assert [(one.label, one.after, one.by, one.edits) for one in net(edits, PEOPLE)] == [
        ("project", "Atlas", (ANA,), 1),
        (LOADED, "", (None,), 3),
    ]


STATUSES = st.sampled_from(Status)
NOTES = st.sampled_from(["no export", "no GPUs"])
LETTERS = st.lists(st.sampled_from(Letter), min_size=1, max_size=2, unique=True)
WISHES = st.lists(
    st.one_of(
        st.tuples(st.just("assign"), LETTERS, st.sampled_from(HOLDERS)),
        st.tuples(st.just("clear"), LETTERS),
        st.tuples(st.just("move"), STATUSES, NOTES),
        st.tuples(st.just("due"), st.none() | st.just(T0.date())),
        st.tuples(st.just("scope"), st.sampled_from(["a", "b", "c"])),
        st.tuples(st.just("alias"), st.sampled_from(["x", "y"]), st.booleans()),
        st.tuples(st.just("archive"), st.booleans()),
        st.tuples(st.just("undo")),
    ),
    max_size=12,
)


def decided(wish: tuple[object, ...], at: Project, past: list[Change]) -> Change | None:
    """What `deciding` makes of a wish; None where it refuses."""
    [item] = at.items
    try:
        match wish:
            case ("assign", letters, holder):
                return deciding.assign(
                    at,
                    item,
                    letters,  # type: ignore[arg-type]  # drawn
                    holder,  # type: ignore[arg-type]  # drawn
                    PEOPLE,
                    since=T0,
                    now=T0,
                    hand_over=True,
                )
            case ("clear", letters):
                return deciding.clear(at, item, letters, None, PEOPLE, since=T0)  # type: ignore[arg-type]  # drawn
            case ("move", Status() as status, str(note)):
                return deciding.move(at, item, status, note, PEOPLE)
            case ("due", due):
                return deciding.move_due(at, item, due)  # type: ignore[arg-type]  # drawn
            case ("scope", str(text)):
                return deciding.set_scope(at, "goal", text)
            case ("alias", str(alias), True):
                return deciding.add_alias(at, item, alias)
            case ("alias", str(alias), False):
                return deciding.remove_alias(at, item, alias)
            case ("archive", archived):
                return deciding.archive(at, archived=bool(archived))
            case _:
                return deciding.reverse(past[-1], item) if past else None
    except CharterError:
        return None


def replayed(before: Project, change: Change) -> Project:
    """The project after a change, as the ledger would leave it."""
    [item] = before.items
    match change:
        case RolesChanged():
            return replace(before, items=(applied(item, change),))
        case StageMoved(after=status, note=note):
            return replace(before, items=(replace(item, status=status, note=note),))
        case DueMoved(after=due):
            return replace(before, items=(replace(item, due=due),))
        case ScopeChanged(name=name, after=text):
            fields = {**before.scope.fields, name: text}
            return replace(before, scope=replace(before.scope, fields=fields))
        case AliasChanged(alias=alias, added=added):
            kept = tuple(one for one in item.aliases if one != alias)
            return replace(
                before, items=(replace(item, aliases=(*kept, alias) if added else kept),)
            )
        case ArchiveChanged(archived=archived):
            return replace(before, archived_at=T0 if archived else None)
        case _:
            raise AssertionError(change)


def facts(at: Project) -> dict[str, Counter[str]]:
    """A project as what holds of each thing."""
    [item] = at.items
    return {
        **{
            letter.word: Counter(
                holder_name(one.holder, PEOPLE) for one in item.assignments if one.letter is letter
            )
            for letter in Letter
        },
        "status": Counter(
            [f"{item.status.words} ({item.note})" if item.note else item.status.words]
        ),
        "due": Counter([item.due.isoformat()] if item.due else []),
        "goal": Counter([goal] if (goal := at.scope.fields.get("goal")) else []),
        "alias": Counter(item.aliases),
        "archived": Counter(["yes" if at.archived_at else "no"]),
    }


def apart(held_by: Counter[str]) -> Counter[str]:
    """Names in the pieces that a list of them falls into."""
    return Counter(piece for name in held_by.elements() for piece in name.split(", "))


@given(WISHES)
def test_net_changes_are_what_a_replay_leaves_otherwise(wishes: list[tuple[object, ...]]) -> None:
    begun = now = ATLAS
    past: list[Change] = []
    for wish in wishes:
        if (change := decided(wish, now, past)) is not None:
            past.append(change)
            now = replayed(now, change)
    gone: dict[str, Counter[str]] = {}
    come: dict[str, Counter[str]] = {}
    for one in net([Edit(3, 7, change, ANA, T0) for change in past], PEOPLE):
        gone.setdefault(one.label, Counter()).update(one.before.split(", ") if one.before else [])
        come.setdefault(one.label, Counter()).update(one.after.split(", ") if one.after else [])
    before, after = facts(begun), facts(now)
    for label, was in before.items():
        assert gone.get(label, Counter()) == apart(was - after[label])
        assert come.get(label, Counter()) == apart(after[label] - was)
