"""How the projects do, and how they did: each is judged once, whatever asks for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.burnup import burn_ups
from bot.condition import Light
from bot.exports.material import FEW, Material
from bot.health import Health, health
from bot.hindsight import MOST_WEEKS, WEEK, Course, people_at, project_at
from bot.moments import own_day
from bot.project import Project
from bot.sources.base import Run


@dataclass(frozen=True, slots=True)
class Week:
    """How many projects had which light on a day."""

    day: date
    lights: Mapping[Light, int]


@dataclass(frozen=True, slots=True)
class Healths:
    """Of each project, by id: how it does, and (`before`) how it did at an earlier moment, as far
    as the record reaches. `weeks` are all of them together, the last one is now.
    """

    now: Mapping[int, Health]
    before: Mapping[int, Light]
    weeks: Sequence[Week]


def healths(material: Material) -> Healths:
    now = {
        one.id: health(
            one, material.people, material.today, material.zone, material.trends.get(one.id, ())
        )
        for one in material.projects
    }
    runs: dict[int, list[Run]] = defaultdict(list)
    for linked in material.linked:
        if isinstance(seen := linked.sighting.seen, Run):
            runs[linked.project].append(seen)
    earlier = _earlier(material)
    before = {
        one.id: light
        for one in material.projects
        if (light := _light(one, earlier, material, runs[one.id])) is not None
    }
    return Healths(now, before, _weeks(now, runs, material))


def _earlier(material: Material) -> datetime:
    """The last export, where the record reaches back to it; else a week ago."""
    since = material.since
    reaches = since is not None and material.now - since.at < WEEK * MOST_WEEKS
    return since.at if since is not None and reaches else material.now - WEEK


def _weeks(
    now: Mapping[int, Health], runs: Mapping[int, list[Run]], material: Material
) -> list[Week]:
    """The weeks in which any of the projects was there; none for more projects than `FEW`."""
    if len(material.projects) > FEW or not any(map(_is_known, material.courses.values())):
        return []
    told: list[Week] = []
    for back in range(MOST_WEEKS, 0, -1):
        moment = material.now - WEEK * back
        lights = [_light(one, moment, material, runs[one.id]) for one in material.projects]
        if known := [light for light in lights if light is not None]:
            told.append(_week(moment, known, material))
    return [*told, _week(material.now, [one.light for one in now.values()], material)]


def _week(moment: datetime, lights: Sequence[Light], material: Material) -> Week:
    counts = {light: lights.count(light) for light in Light}
    return Week(own_day(moment, material.zone), counts)


def _is_known(course: Course) -> bool:
    """Whether anything that is told of it tells when: what is from before the record does not."""
    return any(one.since is not None for told in course.statuses.values() for one in told)


def _light(
    project: Project, moment: datetime, material: Material, runs: Sequence[Run]
) -> Light | None:
    course = material.courses.get(project.id)
    if course is None or not _is_known(course) or not _has_begun(course, moment):
        return None
    then = project_at(project, course, moment)
    if then is None:
        return None
    zone = material.zone
    old = [run for run in runs if run.ended is not None and run.ended <= moment]
    ways = burn_ups(then, old, moment, zone) if then.scope.metrics else ()
    people = people_at(material.people, moment, zone)
    return health(then, people, own_day(moment, zone), zone, ways).light


def _has_begun(course: Course, moment: datetime) -> bool:
    """Whether the record told of it by then."""
    return any(
        one.since is None or one.since <= moment
        for told in course.statuses.values()
        for one in told
    )
