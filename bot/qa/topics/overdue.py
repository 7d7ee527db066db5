"""What is past its due date and not done."""

from bot import health
from bot.qa.replies import Answer, Told
from bot.qa.rule import Needs, Rule
from bot.qa.topics.status import by_project, item_told, told_of
from bot.qa.topics.topic import Asked, Place, Topic

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
    places = asked.places()
    late = [bool(place.item and health.days_late(place.item, asked.today)) for place in places]
    said = [item_told(one.project, one.item, asked) for one in places if one.item]
    return asked.answer(told_of(said), places, verdict=any(late) is not asked.reading.has("not"))


def _listed(asked: Asked) -> Answer:
    found = [
        Place(project, item)
        for project in asked.projects()
        for item in project.items
        if health.days_late(item, asked.today)
    ]
    verdict = bool(found) if asked.reading.form.value == "whether" else None
    if not found:
        return asked.answer("Nothing is overdue.", verdict=verdict)
    count = f"{len(found)} {'item is' if len(found) == 1 else 'items are'} overdue"
    return asked.answer(Told(count, by_project(found)), found, verdict=verdict)


TOPIC = Topic("overdue", RULES, answer)
