"""Documents among the links of a scope: when they are looked through, by whom, and who hears."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.changes import DocumentPlanned, LinkAdded, Spot, StageMoved, Upkeep
from bot.commands import as_slack_sends, parse, spoken
from bot.deciding import edits_of, reverse
from bot.digests import Edit, Material, Window, compose
from bot.digests.own import Held, compose_own
from bot.documents import due_reviews, keep, keeper, plan, review_words
from bot.errors import BadInput, Refused, Why
from bot.gaps import LackKind, missing
from bot.orders import AddLink
from bot.project import Item, Kind, Letter, PersonHolder, Project, Scope, Status, Vacancy
from bot.telling import lines
from bot.upkeep import Link
from tests.bot.support import ANA, BEA, CY, DEE, PEOPLE, held
from tests.support.clock import T0
from tests.support.understood import understood

TODAY = T0.date()
DAY = timedelta(days=1)
URL = "https://docs.example/plan"
OWNED = (held(Letter.A, PersonHolder(BEA), 1), held(Letter.R, PersonHolder(CY), 2))
STAGE = Item(7, "data_pipeline", Kind.STAGE, "Data pipeline", assignments=OWNED)
HERE = Spot(7, "data_pipeline", "Data pipeline")


def plans(*links: Link, lead: int | None = ANA, item: Item = STAGE) -> Project:
    return Project(3, "atlas", "Atlas", lead=lead, items=(item,), scope=Scope(links=links))


def due(days: int, item: str | None = None) -> Link:
    return Link("The plan", URL, TODAY + days * DAY, item)


# --- deciding -------------------------------------------------------------------------------------


def test_a_document_is_kept_with_its_day_and_its_stage() -> None:
    change = keep(plans(), URL, "The plan", Upkeep(TODAY, HERE))
    assert change == LinkAdded(3, "The plan", URL, True, Upkeep(TODAY, HERE))
    assert [(one.label, one.before, one.after) for one in lines(change, PEOPLE)] == [
        ("link", "", "The plan"),
        ("review of “The plan”", "", TODAY.isoformat()),
        ("what “The plan” is about", "", "Data pipeline"),
    ]


def test_another_day_makes_no_new_version_of_the_scope_and_can_be_taken_back() -> None:
    change = plan(plans(due(3)), due(3), Upkeep(TODAY + 30 * DAY, HERE))
    assert isinstance(change, DocumentPlanned)
    assert change.before == Upkeep(TODAY + 3 * DAY)
    assert reverse(change, None) == replace(change, before=change.after, after=change.before)
    [day, stage] = lines(change, PEOPLE)
    assert (day.before, day.after) == ("2026-11-26", "2026-12-23")
    assert stage.after == "Data pipeline"
    assert edits_of(LinkAdded(3, "The plan", URL, True, Upkeep(TODAY))) == edits_of(
        LinkAdded(3, "The plan", URL)
    )


def test_what_stands_so_already_is_refused_and_so_is_what_is_archived() -> None:
    with pytest.raises(Refused) as same:
        plan(plans(due(3)), due(3), Upkeep(TODAY + 3 * DAY))
    assert same.value.why is Why.NOTHING_CHANGES
    with pytest.raises(Refused) as archived:
        plan(replace(plans(due(3)), archived_at=T0), due(3), Upkeep())
    assert archived.value.why is Why.ARCHIVED


# --- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holder", "about", "lead", "who"),
    [
        (PersonHolder(BEA), "data_pipeline", ANA, BEA),
        (PersonHolder(BEA), None, ANA, ANA),
        (PersonHolder(BEA), "taken_out", ANA, ANA),
        (PersonHolder(DEE), "data_pipeline", ANA, ANA),
        (Vacancy("Data Engineer"), "data_pipeline", ANA, ANA),
        (Vacancy("Data Engineer"), "data_pipeline", None, None),
        (Vacancy("Data Engineer"), "data_pipeline", DEE, None),
    ],
)
def test_who_is_accountable_for_the_stage_reads_it_else_the_lead(
    holder: PersonHolder | Vacancy, about: str | None, lead: int | None, who: int | None
) -> None:
    item = replace(STAGE, assignments=(held(Letter.A, holder, 1),))
    assert keeper(plans(lead=lead, item=item), due(0, about), PEOPLE) == who


# --- when -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "when"), [(-3, "3 days late"), (-1, "1 day late"), (0, "today"), (1, None)]
)
def test_a_document_is_a_gap_from_its_day_on(days: int, when: str | None) -> None:
    project = plans(due(days, "data_pipeline"))
    found = [lack for lack in missing([project], PEOPLE, TODAY).lacks if lack.due]
    assert [lack.kind for lack in found] == [LackKind.REVIEW] * (when is not None)
    for lack in found:
        assert lack.due is not None
        assert lack.due.when == when
        assert lack.item == STAGE
        by = f"due {lack.due.review.isoformat()}, {when}"
        said = review_words(lack.due, PEOPLE)
        assert said == f"The plan is to be reviewed by Bea Sample, {by}"


def test_of_what_is_over_nothing_is_due() -> None:
    late = plans(due(-3))
    assert list(due_reviews(replace(late, archived_at=T0), PEOPLE, TODAY)) == []
    done = plans(due(-3), item=replace(STAGE, status=Status.DONE))
    assert list(due_reviews(done, PEOPLE, TODAY)) == []
    assert len(list(due_reviews(late, PEOPLE, TODAY))) == 1


@pytest.mark.parametrize(
    ("days", "is_told", "is_news"),
    [
        (-8, True, False),  # late for longer than since the last digest
        (-7, True, True),
        (-1, True, True),
        (0, True, False),  # told when it was a week away
        (1, True, True),
        (7, True, True),
        (8, False, False),
    ],
)
def test_a_digest_tells_once_that_a_document_is_due_and_once_that_it_is_late(
    days: int, is_told: bool, is_news: bool
) -> None:
    window = Window(T0 - 7 * DAY, T0, "UTC")
    material = Material((plans(due(days)),), PEOPLE)
    assert (compose(material, window) is not None) is is_news
    change = StageMoved(3, 7, Status.NOT_STARTED, None, Status.IN_PROGRESS, None)
    told = compose(replace(material, edits=(Edit(3, 7, change, BEA, T0 - DAY),)), window)
    assert told is not None
    assert [one.due.days for one in told.parts[0].documents] == [days] * is_told


@pytest.mark.parametrize(
    ("about", "lead", "hears"),
    [("data_pipeline", ANA, [BEA]), (None, ANA, [ANA]), (None, None, [BEA])],
)
def test_in_their_own_digest_it_is_told_to_who_reads_it(
    about: str | None, lead: int | None, hears: list[int]
) -> None:
    project = plans(due(-1, about), lead=lead)
    told = []
    for person in (ANA, BEA, CY):
        letters = frozenset(one.letter for one in OWNED if one.holder == PersonHolder(person))
        held_by = Held({7: letters} if letters else {}, leads=lead == person)
        own = compose_own(
            Material((project,), PEOPLE),
            Window(T0 - 7 * DAY, T0, "UTC"),
            PEOPLE[person],
            {3: held_by},
            (),
        )
        told += [person] if any(part.documents for part in own.parts) else []
    assert told == hears


# --- saying it ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ('"The plan" review 2026-12-01', AddLink(URL, title="The plan", review=date(2026, 12, 1))),
        ("review by 1 December", AddLink(URL, review=date(2026, 12, 1))),
        ("to be reviewed on 1 March", AddLink(URL, review=date(2027, 3, 1))),
        ("reviewed tomorrow", AddLink(URL, review=date(2026, 11, 24))),
        ("review in 3 months", AddLink(URL, review=date(2027, 2, 23))),
        ("review in a year in Churn", AddLink(URL, None, "Churn", review=date(2027, 11, 23))),
        ("review in 2 weeks", AddLink(URL, review=date(2026, 12, 7))),
        (
            "review 2026-12-01 to data pipeline in Churn",
            AddLink(URL, "data pipeline", "Churn", review=date(2026, 12, 1)),
        ),
        (
            "to data pipeline review 2026-12-01",
            AddLink(URL, "data pipeline", review=date(2026, 12, 1)),
        ),
        ("to code review", AddLink(URL, "code review")),
        ("to code review review 1 Dec", AddLink(URL, "code review", review=date(2026, 12, 1))),
        ("review none", AddLink(URL, unreviewed=True)),
        ("no review", AddLink(URL, unreviewed=True)),
        ("review never in Churn", AddLink(URL, None, "Churn", unreviewed=True)),
    ],
)
def test_a_day_of_review_is_said_beside_the_address(said: str, order: AddLink) -> None:
    assert understood(f"link {URL} {said}", TODAY) == order
    assert understood(as_slack_sends(spoken(order)), TODAY) == order


@pytest.mark.parametrize(
    ("said", "why"),
    [("review", Why.EMPTY_TEXT), ("review soon", Why.BAD_DATE), ("review 03/04", Why.BAD_DATE)],
)
def test_no_day_of_review_is_guessed(said: str, why: Why) -> None:
    with pytest.raises(BadInput) as caught:
        parse(f"link {URL} {said}", TODAY)
    assert (caught.value.why, caught.value.field) == (why, "date")


def test_three_months_from_the_end_of_a_month_is_its_last_day() -> None:
    found = parse(f"link {URL} review in 3 months", date(2026, 11, 30))
    assert isinstance(found, AddLink)
    assert found.review == date(2027, 2, 28)
