"""Projects that nobody leads; a lead who has left leads no more."""

from bot.project import Project
from bot.qa import wording
from bot.qa.facts import Facts
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Form, Needs, Rule
from bot.qa.tallies import Mark, is_led, of
from bot.qa.topics.having import having
from bot.qa.topics.topic import Asked, Place, Topic

_BESIDE = ("everywhere", "count", "yet", "today")

RULES = (
    Rule("none", ("not", "accountable", "of_projects"), _BESIDE, Needs.NO_ITEM),
    Rule("none", ("unowned", "of_projects"), ("not", *_BESIDE), Needs.NO_ITEM),
)


def answer(asked: Asked) -> Answer:
    people = asked.facts.people
    found = having(asked, of(Mark.UNLED), lambda one: () if is_led(one, people) else (one,))
    verdict = bool(found.total) if asked.reading.form is Form.WHETHER else None
    if not found.total:
        what = "Every project" if asked.is_of_all else "The project"
        return asked.answer(f"{what} has a lead.", verdict=verdict)
    points = (Point(f"{wording.name(one.name)}{_last(one, asked.facts)}") for one in found.projects)
    told = Told("Without a lead").listing(points, found.total)
    return asked.answer(told, [Place(one) for one in found.projects], verdict=verdict)


def _last(project: Project, facts: Facts) -> str:
    lead = facts.people.get(project.lead or 0)
    return f" (last {wording.person(lead, facts)}, who has left)" if lead else ""


TOPIC = Topic("leads", RULES, answer)
