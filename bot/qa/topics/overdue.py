"""What is past its due date and not done."""

from datetime import date

from bot import health
from bot.project import Item, Project
from bot.qa.replies import Answer
from bot.qa.rule import Needs, Rule
from bot.qa.tallies import Wanted
from bot.qa.topics.having import by_project, having, places
from bot.qa.topics.status import days, item_told, told_of
from bot.qa.topics.topic import Asked, Topic

RULES = (
    Rule("item", ("late",), ("past", "today", "not"), Needs.ITEM, whether=True),
    Rule(
        "list", ("late",), ("stage", "everywhere", "today", "past", "count", "due"), Needs.NO_ITEM
    ),
    Rule(
        "list",
        ("due", "past"),
        ("stage", "everywhere", "done", "not"),
        Needs.NO_ITEM,
        whether=False,
    ),
)


def answer(asked: Asked) -> Answer:
    return _of_item(asked) if asked.rule.name == "item" else _listed(asked)


def _of_item(asked: Asked) -> Answer:
    found = asked.places()
    late = [bool(place.item and health.days_late(place.item, asked.today)) for place in found]
    said = [item_told(one.project, one.item, asked) for one in found if one.item]
    return asked.answer(told_of(said), found, verdict=any(late) is not asked.reading.has("not"))


def _listed(asked: Asked) -> Answer:
    found = having(asked, Wanted(before=asked.today), lambda project: _late(project, asked.today))
    verdict = bool(found.total) if asked.reading.form.value == "whether" else None
    if not found.total:
        return asked.answer(f"Nothing is overdue{asked.where}.", verdict=verdict)
    count = f"{found.total} {'item is' if found.total == 1 else 'items are'} overdue"
    told = by_project(count, found, lambda item: _since(item, asked.today))
    return asked.answer(told, places(found), verdict=verdict)


def _since(item: Item, today: date) -> str:
    return f"due {item.due}, {days(health.days_late(item, today))} late"


def _late(project: Project, today: date) -> list[Item]:
    return [item for item in project.items if health.days_late(item, today)]


TOPIC = Topic("overdue", RULES, answer)
