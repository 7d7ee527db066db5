"""What a list says when it is short: of which projects it is, and of each item what matters."""

from dataclasses import replace
from datetime import date

from bot.project import Item, Project, Status
from bot.qa.answer import answer
from bot.qa.replies import Answer, AnswerKind
from tests.bot.qa.worlds import NOW, facts, project, seat, somebody, stages

ANA = somebody(1, "Ana Cruz", left_on=date(2027, 2, 1), active=False)
BEA = somebody(2, "Bea Lind")
ALL = [seat("A", 2), seat("R", 2)]
ATLAS = project(1, "Atlas", items=stages(intake=ALL, labels=ALL, serving=ALL))
LEFT = project(2, "Berth", items=stages(intake=[seat("A", 1)]))


def _with(of: Project, key: str, **more: object) -> Project:
    def changed(item: Item) -> Item:
        return replace(item, **more) if item.key == key else item  # type: ignore[arg-type] # any field

    return replace(of, items=tuple(map(changed, of.items)))


def _asked(text: str, *projects: Project, channel: int | None = 1) -> Answer:
    return answer(text, facts(projects or (ATLAS, LEFT), [ANA, BEA], asker=BEA, channel=channel))


def test_what_is_overdue_says_since_when_it_is_due() -> None:
    late = _with(ATLAS, "labels", due=date(2027, 2, 26), status=Status.IN_PROGRESS)
    told = _asked("what is overdue?", late)
    assert told.text == "1 item is overdue: Atlas: Labelling (due 2027-02-26, 3 days late)."
    assert NOW.date() == date(2027, 3, 1)


def test_nothing_found_says_where_nothing_was_found() -> None:
    assert _asked("what is overdue?").text == "Nothing is overdue in Atlas."
    assert _asked("who left?").text == "Nobody who has left still holds a letter in Atlas."
    assert "in a standup today in Atlas." in _asked("who is blocked today?").text
    assert _asked("vacant roles?").text == "No seat is vacant in Atlas."
    unowned = _asked("which stages have no owner?").text
    assert unowned == "Every stage and component in Atlas has somebody accountable."


def test_nothing_found_anywhere_names_no_project() -> None:
    assert _asked("what is overdue?", channel=None).text == "Nothing is overdue."
    assert "Ana Cruz" in _asked("who left?", channel=None).text


def test_edge_19_a_skipped_stage_is_said_to_need_nobody() -> None:
    skipped = _with(LEFT, "labels", status=Status.SKIPPED)
    told = _asked("who owns labelling?", skipped, channel=2)
    assert told.kind is AnswerKind.NO_OWNER
    assert told.text.startswith("Nobody is accountable for Labelling in Berth: it is skipped.")
