"""Which projects there are, and which of them do well or badly."""

from bot.condition import Light
from bot.health import Health, health
from bot.project import Project
from bot.qa import wording
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Form, Needs, Rule
from bot.qa.topics.status import told_of, trends
from bot.qa.topics.topic import Asked, Place, Topic

_READ = 40
"""Of so many projects it is told how each does; of more the names alone."""
_LIGHTS = {
    "red": (Light.RED,),
    "risk": (Light.RED, Light.AMBER),
    "track": (Light.GREEN, Light.DONE),
}
_BESIDE = ("today", "everywhere", "count")

RULES = (
    Rule("lights", ("of_projects", "|".join(_LIGHTS)), ("not", *_BESIDE), Needs.NO_ITEM),
    Rule("whether", ("red",), ("not", "today"), Needs.NO_ITEM, whether=True),
    Rule("all", ("projects",), (*_BESIDE, "of_projects"), Needs.NO_ITEM),
)


def answer(asked: Asked) -> Answer:
    match asked.rule.name:
        case "lights":
            return _by_light(asked)
        case "whether":
            return _is_red(asked)
        case _:
            return _all(asked)


def _all(asked: Asked) -> Answer:
    entries = sorted(asked.facts.view.listed(), key=lambda one: one.name.casefold())
    total = len(entries)
    if not total:
        return asked.answer("No project is on record that you may see. /charter new begins one.")
    if total > _READ:
        points = [Point(wording.name(one.name)) for one in entries]
        return asked.answer(Told(f"{total} projects").listing(points, total))
    found = asked.facts.projects([one.project_id for one in entries])
    told = [found[one.project_id] for one in entries]
    points = [Point(_line(one, asked)) for one in told]
    what = f"{total} {'project' if total == 1 else 'projects'}"
    return asked.answer(Told(what).listing(points, total), [Place(one) for one in told])


def _line(project: Project, asked: Asked) -> str:
    """ "Churn Radar (red, lead Bea Lind)"."""
    lead = asked.facts.people.get(project.lead or 0)
    led = f"lead {wording.person(lead, asked.facts)}" if lead else "no lead"
    return f"{wording.name(project.name)} ({_light(project, asked).words.lower()}, {led})"


def _by_light(asked: Asked) -> Answer:
    wanted = next(lights for cue, lights in _LIGHTS.items() if asked.reading.has(cue))
    if asked.reading.has("not"):
        wanted = tuple(light for light in Light if light not in wanted)
    found = [(one, _health(one, asked)) for one in asked.projects()]
    met = [(one, how) for one, how in found if how.light in wanted]
    verdict = bool(met) if asked.reading.form is Form.WHETHER else None
    what = wording.listed([light.words.lower() for light in wanted], "or")
    if not met:
        return asked.answer(f"No project is {what}{asked.where}.", verdict=verdict)
    points = [Point(_named(one, how, asked)) for one, how in met]
    count = f"{len(met)} of {len(found)} {'project is' if len(met) == 1 else 'projects are'} {what}"
    told = Told(count).listing(points, len(met))
    return asked.answer(told, [Place(one) for one, _ in met], verdict=verdict)


def _is_red(asked: Asked) -> Answer:
    places = asked.places()
    found = [_health(place.project, asked) for place in places]
    is_so = all(one.light is Light.RED for one in found) is not asked.reading.has("not")
    said = [
        Told(f"{_named(place.project, how, asked)}.")
        for place, how in zip(places, found, strict=True)
    ]
    return asked.answer(told_of(said), places, verdict=is_so)


def _named(project: Project, how: Health, asked: Asked) -> str:
    """ "Churn Radar is Red: Recall is 3 days overdue (and 1 more)"."""
    return f"{wording.name(project.name)} is {how.words(asked.facts.people).rstrip('.')}"


def _health(project: Project, asked: Asked) -> Health:
    ways = trends(asked, project)
    return health(project, asked.facts.people, asked.today, asked.facts.zone, ways)


def _light(project: Project, asked: Asked) -> Light:
    return _health(project, asked).light


TOPIC = Topic("projects", RULES, answer)
