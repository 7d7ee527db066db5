"""Projects that nobody leads; a lead who has left leads no more."""

from bot.project import Project
from bot.qa import wording
from bot.qa.facts import Facts
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Form, Needs, Rule
from bot.qa.topics.topic import Asked, Place, Topic

_BESIDE = ("everywhere", "count", "yet", "today")

RULES = (
    Rule("none", ("not", "accountable", "of_projects"), _BESIDE, Needs.NO_ITEM),
    Rule("none", ("unowned", "of_projects"), ("not", *_BESIDE), Needs.NO_ITEM),
)


def answer(asked: Asked) -> Answer:
    found = [one for one in asked.projects() if not _is_led(one, asked.facts)]
    verdict = bool(found) if asked.reading.form is Form.WHETHER else None
    if not found:
        what = "Every project" if asked.is_of_all else "The project"
        return asked.answer(f"{what} has a lead.", verdict=verdict)
    points = (Point(f"{wording.name(one.name)}{_last(one, asked.facts)}") for one in found)
    told = Told("Without a lead").listing(points, len(found))
    return asked.answer(told, [Place(one) for one in found], verdict=verdict)


def _is_led(project: Project, facts: Facts) -> bool:
    lead = facts.people.get(project.lead or 0)
    return lead is not None and lead.active


def _last(project: Project, facts: Facts) -> str:
    lead = facts.people.get(project.lead or 0)
    return f" (last {wording.person(lead, facts)}, who has left)" if lead else ""


TOPIC = Topic("leads", RULES, answer)
