"""Pull requests as they were last seen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.evidence import last_seen
from bot.moments import day
from bot.pulls import checks_words, conflict_words, review_words
from bot.qa import wording
from bot.qa.evidence import Pull, Tried
from bot.qa.facts import Facts
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Form, Reading, Rule
from bot.qa.topics.topic import Asked, Topic
from bot.sources.base import Checks, PullRequest, PullState, Review
from bot.text import clip

_STATES = "open|review|waiting|failing|passing|ci|approved|merged|draft|shut|changes_wanted|done"
_MAY = (
    "author",
    *_STATES.split("|"),
    "not",
    "count",
    "everywhere",
    "who",
    "today",
    "status",
    "past",
    "stage",
    "late",
    "blocked",
    "where",
    "when",
)

RULES = (
    Rule("reviewed", ("review", "pr", "before"), ("who", "past"), whether=False),
    Rule("one", ("pr", "number"), (*_MAY, "how", "why"), whether=None),
    Rule("one", ("number", _STATES), ("not", "past", "status", "who"), whether=None),
    Rule("list", ("pr",), _MAY, whether=None, people=True),
    Rule("list", ("review", "waiting|approved|failing|open"), _MAY, whether=False, people=True),
    Rule("list", ("draft",), ("count", "everywhere", "open"), whether=False, people=True),
)

Test = Callable[[Pull], bool]
_LIVE = (PullState.OPEN, PullState.DRAFT)


def answer(asked: Asked) -> Answer | None:
    match asked.rule.name:
        case "one":
            return _one(asked)
        case "reviewed":
            return _reviewed(asked)
        case _:
            return _list(asked)


def seen_by_all(asked: Asked, projects: Sequence[int]) -> list[Pull]:
    """The pull requests of these projects, as far as everybody may know of them: of one in a
    private repository the number and the state, for Charter's token may see more than who asks.
    """
    return [_bare(one) if one.seen.private else one for one in asked.facts.evidence.pulls(projects)]


def _bare(one: Pull) -> Pull:
    seen = replace(
        one.seen,
        title="",
        author="",
        review=Review.NONE,
        requested=(),
        approvals=0,
        checks=Checks.NONE,
        failing=(),
        opened=None,
        merged=None,
        mergeable=None,
    )
    return replace(one, author=None, item=None, seen=seen)


def is_open(one: Pull) -> bool:
    return one.seen.state in _LIVE


def is_waiting(one: Pull) -> bool:
    """Open and not a draft, and somebody is to review it."""
    return one.seen.state is PullState.OPEN and one.seen.review is Review.REVIEW_REQUIRED


_TESTS: dict[str, Test] = {
    "waiting": is_waiting,
    "review": is_waiting,
    "failing": lambda one: one.seen.checks is Checks.FAILING,
    "passing": lambda one: one.seen.checks is Checks.PASSING,
    "approved": lambda one: one.seen.review is Review.APPROVED,
    "changes_wanted": lambda one: one.seen.review is Review.CHANGES_REQUESTED,
    "merged": lambda one: one.seen.state is PullState.MERGED,
    "draft": lambda one: one.seen.state is PullState.DRAFT,
    "shut": lambda one: one.seen.state is PullState.CLOSED,
    "open": is_open,
}


def _one(asked: Asked) -> Answer | None:
    reading = asked.reading
    numbers = {
        int(reading.words[cue.start].text.lstrip("#"))
        for cue in reading.cues
        if "number" in cue.rows and reading.words[cue.start].text.isdigit()
    }
    keys = asked.numbers() if asked.names_projects else _everything(asked)
    found = [one for one in seen_by_all(asked, keys) if one.seen.number in numbers]
    here = [one for one in found if one.project in asked.facts.channel_projects]
    found = here or found
    if not found:
        said = ", ".join(f"#{number}" for number in sorted(numbers))
        return asked.missing(f"pull request {said}")
    verdict = None
    asks = reading.form is Form.WHETHER or (reading.form is Form.FRAGMENT and reading.asked)
    if asks and (test := _test(asked)):
        verdict = all(test(one) for one in found) is not reading.has("not")
    points = tuple(Point(f"{line(asked, one)}.", address(one)) for one in found)
    told = Told(points=points, seen=last_look(found))
    people = [one.author for one in found if one.author] if _asks_who(reading) else []
    return asked.answer(told, people=people, verdict=verdict)


def _reviewed(asked: Asked) -> Answer:
    """Who reviewed the last one, as far as its host tells."""
    found = seen_by_all(asked, asked.numbers())
    if not found:
        return asked.answer("No pull request is on record.")
    last = max(found, key=lambda one: (_moved(one.seen), one.seen.number))
    named, seen = _named(last, asked.facts), last.seen
    opinions = {} if seen.private else seen.opinions
    who = [f"{named(login)} ({said.replace('_', ' ')})" for login, said in opinions.items()]
    if seen.private:
        said = "Who reviews in a private repository is not told here."
    else:
        said = f"Reviewed by {wording.listed(who)}." if who else "No review of it is on record."
    people = [last.known[login.lower()] for login in opinions if login.lower() in last.known]
    point = Point(f"{line(asked, last)}.", address(last))
    return asked.answer(Told(said, (point,), seen=last_look([last])), people=people)


def _moved(pull: PullRequest) -> float:
    moments = (pull.merged, pull.closed, pull.updated, pull.opened)
    return max((one.timestamp() for one in moments if one), default=0.0)


def _everything(asked: Asked) -> list[int]:
    return [entry.project_id for entry in asked.facts.view.listed()]


def _test(asked: Asked) -> Test | None:
    """What is asked of a pull request; of several wordings all must hold."""
    reading = asked.reading
    tests: list[Test] = []
    for cue, test in _TESTS.items():
        if not reading.has(cue):
            continue
        if cue in ("waiting", "review") and reading.has("approved", "changes_wanted"):
            continue
        tests.append(_denied(test) if _is_denied(asked, cue) else test)
    return (lambda one: all(test(one) for test in tests)) if tests else None


def _is_denied(asked: Asked, row: str) -> bool:
    """Whether "not" stands before a wording: "approved but not merged"."""
    cues = asked.reading.cues
    if asked.reading.form is Form.WHETHER:
        return False
    at = next(cue.start for cue in cues if row in cue.rows)
    return any("not" in cue.rows and 0 < at - cue.start <= 3 for cue in cues)


def _denied(test: Test) -> Test:
    return lambda one: not test(one)


def _list(asked: Asked) -> Answer:
    reading = asked.reading
    test = _test(asked)
    closed = reading.has("merged", "shut") and not reading.has("not")
    projects = asked.numbers()
    named = {number for one in reading.people for number in one.people}
    if reading.me and asked.facts.asker and not reading.has("review", "waiting"):
        named.add(asked.facts.asker.id)
    stages = frozenset(stage for one in reading.items for stage in one.stages)
    found = [
        one
        for one in seen_by_all(asked, projects)
        if (closed or is_open(one))
        and (test is None or test(one))
        and (not named or one.author in named)
        and (not stages or one.item in stages)
    ]
    verdict = bool(found) if reading.form is Form.WHETHER else None
    where = (
        wording.listed([wording.name(asked.facts.name_of(one)) for one in projects])
        if len(projects) < 4
        else ""
    )
    if not found:
        place = f" in {where}" if where else ""
        return asked.answer(f"No such pull request is on record{place}.", verdict=verdict)
    count = f"{len(found)} pull request{'' if len(found) == 1 else 's'}"
    return asked.answer(
        listed(asked, count, found),
        verdict=verdict,
        people=sorted(named),
    )


def listed(asked: Asked, count: str, found: Sequence[Pull]) -> Told:
    """As many as there is room for; the rest is counted."""
    points = (Point(line(asked, one), address(one)) for one in found)
    return Told(count, seen=last_look(found)).listing(points, len(found))


def address(one: Pull) -> str:
    """Where it can be read; of one in a private repository that is not told."""
    return "" if one.seen.private else one.sighting.ref.url


def last_look(found: Iterable[Pull | Tried]) -> datetime | None:
    """Since when the oldest of these stands as it is told."""
    return min((one.sighting.seen_at for one in found if one.sighting.seen_at), default=None)


def line(asked: Asked, one: Pull) -> str:
    """ "#412 Inference key (Atlas, by Kim Roe): open, waiting for a review, CI passing"."""
    facts, seen = asked.facts, one.seen
    where = wording.name(facts.name_of(one.project))
    by = f", by {wording.person(facts.people.get(one.author), facts)}" if one.author else ""
    states = [seen.state.value]
    if seen.private:
        return f"#{seen.number} ({where}): {seen.state.value}, in a private repository"
    if seen.state in _LIVE:
        yet = "not approved yet, " if seen.review is not Review.APPROVED else ""
        states += [yet + review_words(seen, _named(one, facts)), checks_words(seen)]
        states.append(conflict_words(seen))
    if seen.opened:
        states.append(f"opened {day(seen.opened)}")
    if one.sighting.trouble:
        states.append(last_seen(one.sighting, facts.now, asked.zone))
    title = clip(seen.title, 80)
    return f"#{seen.number} {title} ({where}{by}): {', '.join(filter(None, states))}"


def _named(one: Pull, facts: Facts) -> Callable[[str], str]:
    """What somebody is called who is asked for a review; at the source, where nobody is known."""

    def named(login: str) -> str:
        person = facts.people.get(one.known.get(login.lower(), 0))
        return wording.person(person, facts) if person else login

    return named


def _asks_who(reading: Reading) -> bool:
    """Whether the author is asked for: "who wrote #12?", "author of #12?"; not who reviews it."""
    if reading.has("review", "waiting", "approved", "changes_wanted"):
        return False
    return reading.has("who") or any("author" in one.rows and not one.light for one in reading.cues)


TOPIC = Topic("pulls", RULES, answer)
