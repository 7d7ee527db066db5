"""Who held a letter at another time, and who stands in for whom: the rules, without a database."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import Sighting
from bot.people import Delegation, Person
from bot.project import Assignment, Letter, PersonHolder, Vacancy
from bot.qa.answer import answer
from bot.qa.evidence import Changed, Known, Past, Pull, Tried
from bot.qa.facts import Facts
from bot.qa.replies import Answer, AnswerKind
from bot.sources.base import (
    Checks,
    Kind,
    ModelVersion,
    PullRequest,
    PullState,
    Ref,
    Review,
    Run,
    RunState,
)
from tests.bot.qa.worlds import NOW, facts, project, somebody

ANA = somebody(1, "Ana Cruz", timezone="Asia/Kolkata", is_admin=True)
BEA = somebody(2, "Bea Lind")
SAM = somebody(3, "Sam Roe")
PEOPLE = (ANA, BEA, SAM)
BEGUN = datetime(2027, 1, 10, tzinfo=UTC)
HANDED = datetime(2027, 1, 20, 12, tzinfo=UTC)
ATLAS = project(1, "Atlas")
INTAKE = ATLAS.items[0].id
HALF_HOUR = timedelta(minutes=30)


def letter(
    holder: Person | Vacancy,
    since: datetime | None,
    until: datetime | None = None,
    *,
    kind: Letter = Letter.A,
    recorded: datetime | None = None,
) -> Assignment:
    held = PersonHolder(holder.id) if isinstance(holder, Person) else holder
    return Assignment(0, kind, held, since, until, recorded or since or BEGUN, ANA.id, "command")


def world(held: Sequence[Assignment], *, asker: Person = ANA, **known: Any) -> Facts:
    evidence = replace(Known(held={INTAKE: held}), **known)
    return replace(facts([ATLAS], PEOPLE, asker=asker), evidence=evidence)


HANDED_OVER = (
    letter(BEA, BEGUN, HANDED),
    letter(SAM, HANDED, recorded=HANDED + timedelta(days=3)),
)


def ask(said: str, held: Sequence[Assignment] = HANDED_OVER, **known: Any) -> Answer:
    return answer(said, world(held, **known))


def test_q7_who_held_it_on_a_day_with_since_by_whom_and_until() -> None:
    found = ask("who owned the data intake in Atlas on 12 January?")
    assert found.people == (BEA.id,)
    assert found.text == (
        "On 2027-01-12, Bea Lind (since 2027-01-10, set by Ana Cruz; until 2027-01-20) was "
        "accountable for Data intake in Atlas."
    )


def test_q7_several_holders_in_a_time_are_listed_and_what_was_back_dated_says_so() -> None:
    found = ask("who was accountable for data intake in Atlas in January?")
    assert found.people == (BEA.id, SAM.id)
    assert found.text == (
        "From 2027-01-01 to 2027-01-31, Bea Lind (since 2027-01-10, set by Ana Cruz; until "
        "2027-01-20) and Sam Roe (since 2027-01-20, back-dated by Ana Cruz on 2027-01-23) were "
        "accountable for Data intake in Atlas. No record before 2027-01-10."
    )


def test_q7_of_an_unknown_time_there_is_no_record() -> None:
    found = ask("who owned data intake in Atlas in November?")
    assert (found.kind, found.people) == (AnswerKind.UNKNOWN, ())
    assert found.text == (
        "No record before 2027-01-10 tells who was accountable for Data intake in Atlas. "
        "First: Bea Lind (since 2027-01-10, set by Ana Cruz; until 2027-01-20)."
    )


def test_q7_a_gap_is_told_as_one() -> None:
    held = (letter(BEA, BEGUN, HANDED), letter(Vacancy("Data Engineer"), HANDED))
    found = ask("who owned data intake in Atlas on 1 February?", held)
    assert (found.kind, found.people) == (AnswerKind.ANSWER, ())
    assert "a vacant seat for Data Engineer" in found.text
    found = ask("who owned data intake in Atlas on 1 February?", held[:1])
    assert (found.kind, found.people) == (AnswerKind.NO_OWNER, ())
    assert found.text == "On 2027-02-01, nobody was accountable for Data intake in Atlas."


@pytest.mark.parametrize(
    ("said", "people", "verdict"),
    [
        ("was Bea the owner of data intake in Atlas on 12 January?", {BEA.id}, "yes"),
        ("was Sam the owner of data intake in Atlas on 12 January?", {BEA.id}, "no"),
        ("who owned data intake in Atlas before Sam?", {BEA.id}, None),
        ("who owned data intake in Atlas after Bea?", {SAM.id}, None),
        ("who led the intake in Atlas last month?", {SAM.id}, None),
        ("who owned data intake in Atlas since 15 January?", {BEA.id, SAM.id}, None),
        ("Wem gehörte die Data Intake in Atlas am 12. Januar?", {BEA.id}, None),
        ("¿Quién era el dueño de data intake en Atlas el 12 de enero?", {BEA.id}, None),
        ("2027年1月12日谁负责Atlas的data intake?", {BEA.id}, None),
    ],
)
def test_q7_in_anyones_words(said: str, people: set[int], verdict: str | None) -> None:
    found = ask(said)
    assert (set(found.people), found.verdict) == (people, verdict), found.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("who owned data intake in Atlas on 30 February?", "No such day is in the calendar"),
        ("who owned data intake in Atlas in March 2028?", "That is still to come"),
        ("who owned the billing service on 12 January?", 'nothing called "billing service"'),
        ("who owned data intake in Atlas when it rained?", "Nothing on record tells when"),
        ("who owned data intake in Atlas when PR #77 merged?", 'nothing called "PR #77 merged"'),
        ("who led Atlas in January?", "only the lead of today is on record"),
        ("who owned data intake in Atlas before Ana?", "No day is on record on which Ana Cruz"),
    ],
)
def test_q7_what_cannot_be_told_is_said_in_one_sentence(said: str, told: str) -> None:
    found = ask(said)
    assert found.kind is AnswerKind.UNKNOWN
    assert told in found.text


def test_q7_a_day_in_figures_that_can_be_read_in_two_ways_is_asked_back() -> None:
    found = ask("who owned data intake in Atlas on 02/01/2027?")
    assert found.kind is AnswerKind.CLARIFY
    assert [option.label for option in found.options] == ["2027-01-02", "2027-02-01"]
    assert found.people == ()
    assert ask(found.options[1].question).people == (SAM.id,)


# --- by what happened -----------------------------------------------------------------------------


def pull(state: PullState, merged: datetime | None) -> Pull:
    ref = Ref("github", Kind.PULL_REQUEST, "atlas#41", "")
    seen = PullRequest(
        ref, "atlas", 41, "Loader", "", state, Review.NONE, (), 0, Checks.NONE, (), "", "", "",
        False, BEGUN, None, merged,
    )  # fmt: skip
    return Pull(ATLAS.id, None, None, seen, Sighting(ref, seen))


def run(started: datetime) -> Tried:
    ref = Ref("mlflow", Kind.RUN, "ab12", "")
    seen = Run(ref, "resnet", RunState.FINISHED, "", "", started, None, {})
    return Tried(ATLAS.id, None, None, seen, Sighting(ref, seen), started.date())


def test_q7_when_a_pull_request_merged() -> None:
    said = "who owned data intake in Atlas when PR #41 merged?"
    merged = pull(PullState.MERGED, HANDED - timedelta(minutes=1))
    found = ask(said, pull_requests=(merged,))
    assert found.people == (BEA.id,)
    assert found.text.startswith("When #41 Loader was merged (2027-01-20), Bea Lind (")
    turned = "When PR #41 merged, who owned data intake in Atlas?"
    assert ask(turned, pull_requests=(merged,)).text == found.text
    at_once = pull(PullState.MERGED, HANDED)
    assert ask(said, pull_requests=(at_once,)).people == (SAM.id,), "from that moment on"
    still_open = ask(said, pull_requests=(pull(PullState.OPEN, None),))
    assert still_open.text == "#41 Loader is open, not merged, as it was last seen."


def test_q7_a_private_repository_tells_no_day() -> None:
    merged = pull(PullState.MERGED, HANDED)
    hidden = replace(merged, seen=replace(merged.seen, private=True))
    found = ask("who owned data intake in Atlas when PR #41 merged?", pull_requests=(hidden,))
    assert (found.kind, found.people) == (AnswerKind.UNKNOWN, ())
    assert found.text.startswith("#41 is in a private repository")
    assert "2027" not in found.text
    assert "Loader" not in found.text


def test_q7_when_a_run_was_trained() -> None:
    said = "who was responsible for data intake in Atlas when run ab12 was trained?"
    held = (letter(SAM, BEGUN, kind=Letter.R),)
    found = ask(said, held, tried=(run(BEGUN + timedelta(days=1)),))
    assert found.people == (SAM.id,)
    assert found.text.startswith("When run resnet began (2027-01-11), Sam Roe (")


BASIN = project(2, "Basin")
MINUTE = timedelta(minutes=1)


def run_at(started: datetime, ended: datetime | None, promoted: datetime | None = None) -> Tried:
    one = run(started)
    models = (ModelVersion("atlas-ranker", "3", run="ab12", promoted=promoted),)
    return replace(one, seen=replace(one.seen, ended=ended, models=models if promoted else ()))


def ask_anywhere(said: str, **known: Any) -> Answer:
    """With two projects that have the same stages, none of which is named."""
    evidence = replace(Known(held={INTAKE: HANDED_OVER}), **known)
    return answer(said, replace(facts([ATLAS, BASIN], PEOPLE, asker=ANA), evidence=evidence))


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("when PR #41 merged", lambda at: {"pull_requests": (pull(PullState.MERGED, at),)}),
        ("when run ab12 was trained", lambda at: {"tried": (run_at(at, None),)}),
        ("when run ab12 ended", lambda at: {"tried": (run_at(BEGUN, at),)}),
        ("when the model was promoted", lambda at: {"tried": (run_at(BEGUN, None, at),)}),
        (
            "when model atlas-ranker version 3 was promoted",
            lambda at: {"tried": (run_at(BEGUN, None, at),)},
        ),
    ],
)
@pytest.mark.parametrize(
    ("at", "who"),
    [
        (BEGUN - timedelta(microseconds=1), ()),
        (BEGUN, (BEA.id,)),
        (HANDED - timedelta(microseconds=1), (BEA.id,)),
        (HANDED, (SAM.id,)),
        (HANDED + MINUTE, (SAM.id,)),
    ],
)
def test_m3_who_was_accountable_when_something_happened_on_every_boundary(
    said: str, known: Callable[[datetime], dict[str, Any]], at: datetime, who: tuple[int, ...]
) -> None:
    """From the first moment on, and not in the last; of the project in which it happened."""
    found = ask_anywhere(f"who was accountable for data intake {said}?", **known(at))
    assert found.people == who, found.text
    assert "Basin" not in found.text


def test_m3_what_was_back_dated_tells_since_when_it_holds_and_when_it_was_recorded() -> None:
    known: dict[str, Any] = {"tried": (run_at(BEGUN, None, HANDED + MINUTE),)}
    found = ask_anywhere(
        "who was accountable for data intake when the model was promoted?", **known
    )
    assert found.people == (SAM.id,)
    assert found.text.startswith(
        "When atlas-ranker version 3 was promoted (2027-01-20), Sam Roe (since 2027-01-20, "
        "back-dated by Ana Cruz on 2027-01-23)"
    )


def test_m3_of_several_promotions_the_one_that_is_named_counts_else_the_last() -> None:
    first = run_at(BEGUN, None, BEGUN + MINUTE)
    later = replace(
        first,
        seen=replace(
            first.seen,
            models=(ModelVersion("atlas-ranker", "4", run="cd34", promoted=HANDED + MINUTE),),
        ),
    )
    both = {"tried": (first, later)}
    said = "who was accountable for data intake when model atlas-ranker version 3 was promoted?"
    assert ask_anywhere(said, **both).people == (BEA.id,)
    said = "who was accountable for data intake when the model was promoted?"
    assert ask_anywhere(said, **both).people == (SAM.id,)


def test_m3_where_it_happened_in_two_projects_it_is_asked_back() -> None:
    one = run_at(HANDED, None)
    both = {"tried": (one, replace(one, project=BASIN.id))}
    found = ask_anywhere("who was accountable for data intake when run ab12 was trained?", **both)
    assert found.kind is AnswerKind.CLARIFY


def test_q7_when_the_target_was_raised() -> None:
    raised = Past(ATLAS.id, None, date(2027, 1, 12), "target_change", "Recall target raised")
    cut = Past(ATLAS.id, None, date(2027, 2, 1), "scope_change", "Images dropped from scope")
    found = ask("who owned data intake in Atlas when the target was raised?", history=(raised, cut))
    assert found.people == (BEA.id,)
    assert found.text.startswith("On 2027-01-12 (Recall target raised), Bea Lind (")


# --- against a plain reference, on every boundary -------------------------------------------------

_ENDS = st.lists(
    st.integers(0, 480).map(lambda n: datetime(2027, 1, 1, tzinfo=UTC) + n * HALF_HOUR),
    min_size=2,
    max_size=7,
    unique=True,
).map(sorted)


@given(_ENDS, st.lists(st.sampled_from([BEA, SAM, None]), min_size=6, max_size=6))
def test_q7_as_of_is_what_every_half_hour_of_the_day_says(
    ends: list[datetime], holders: list[Person | None]
) -> None:
    """From its beginning on, up to its end and not beyond; in the asker's zone."""
    held = [
        letter(who, since, until)
        for who, since, until in zip(holders, ends, ends[1:], strict=False)
        if who is not None
    ]
    zone = ZoneInfo(ANA.timezone)
    for day in {moment.astimezone(zone).date() for moment in ends}:
        first = datetime.combine(day, datetime.min.time(), zone).astimezone(UTC)
        moments = [first + n * HALF_HOUR for n in range(48)]
        want = {
            one.holder.person
            for one in held
            for moment in moments
            if one.holds_at(moment) and isinstance(one.holder, PersonHolder)
        }
        found = ask(f"who owned data intake in Atlas on {day.isoformat()}?", held)
        assert set(found.people) == want, found.text


# --- what changed, and who stands in --------------------------------------------------------------


def test_q7_what_changed_since_is_counted_in_the_askers_zone() -> None:
    line = Changed(
        ATLAS.id,
        INTAKE,
        NOW - timedelta(hours=14, minutes=31),
        BEA.id,
        "due: 2027-03-01 → 2027-03-09",
        "DueMoved",
    )
    found = ask("what changed since today in Atlas?", record=(line,))
    assert found.text == "Nothing on record changed since 2027-03-01 in Atlas."
    line = replace(line, at=NOW - timedelta(hours=14, minutes=29))
    found = ask("what changed since this morning in Atlas?", record=(line,))
    assert found.text == (
        "Changed since 2027-03-01: Atlas: Data intake, due: 2027-03-01 → 2027-03-09 "
        "(2027-03-01, Bea Lind)."
    )


AWAY = Delegation(BEA.id, SAM.id, date(2027, 2, 25), date(2027, 3, 5), set_by=ANA.id)


@pytest.mark.parametrize(
    ("said", "people", "verdict"),
    [
        ("who is acting for Bea?", (SAM.id,), None),
        ("who stands in for Bea?", (SAM.id,), None),
        ("is anybody acting for Bea?", (SAM.id,), "yes"),
        ("is anybody covering for Ana?", (), "no"),
        ("is Sam standing in for Bea?", (SAM.id,), "yes"),
        ("is Ana standing in for Bea?", (SAM.id,), "no"),
        ("whom is Sam acting for?", (BEA.id,), None),
        ("wer vertritt Bea?", (SAM.id,), None),
        ("who was acting for Bea on 26 February?", (SAM.id,), None),
        ("who was acting for Bea on 24 February?", (), None),
    ],
)
def test_q7_who_acts_for_whom(said: str, people: tuple[int, ...], verdict: str | None) -> None:
    base = world((), stood_in=(AWAY,))
    found = answer(said, replace(base, delegations=(AWAY,)))
    assert (found.people, found.verdict) == (people, verdict), found.text


def test_q7_who_acts_is_told_with_both_days_and_by_whom() -> None:
    found = answer("who is acting for Bea?", replace(world(()), delegations=(AWAY,)))
    assert found.text == (
        "Sam Roe stands in for Bea Lind from 2027-02-25 to 2027-03-05 in all projects, set by "
        "Ana Cruz. Bea Lind is back on 2027-03-06."
    )


def test_q7_who_acts_in_a_project_that_the_asker_may_not_see_is_not_told() -> None:
    hidden = replace(AWAY, project=2)
    secret = project(2, "Secret", private=True)
    base = replace(facts([ATLAS, secret], PEOPLE, asker=ANA), delegations=(hidden,))
    found = answer("who is acting for Bea?", base)
    assert found.text == "Nobody stands in today for Bea Lind."
