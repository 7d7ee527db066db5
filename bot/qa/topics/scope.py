"""What a project is for: its goal, its problem, what is in and out of its scope, who wants it, and
where its documents are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot import text
from bot.documents import SOON, due_reviews, review_words
from bot.moments import day, own_day
from bot.project import Project
from bot.qa import wording
from bot.qa.replies import Answer, AnswerKind
from bot.qa.rule import Form, Needs, Rule
from bot.qa.topics.topic import Asked, Place, Topic
from bot.scope import fields
from bot.text import clip

_LINE = 400  # characters of one field
_FIELDS = {
    "goal": ("goal", "problem"),
    "problem": ("problem",),
    "sponsor": ("sponsor",),
    "saving": ("expected_saving",),
    "cost": ("cost",),
    "why_ml": ("why_ml",),
    "current_system": ("current_system",),
    "data_source": ("data_sources",),
}
_WHY = ("goal", "problem")
_ASKED = "|".join(_FIELDS)

_BESIDE = ("how", "why", "past", "current", "count", "use")

RULES = (
    Rule("field", (), ("how", "going"), Needs.PROJECT, whether=False),
    Rule("field", ("why", "going|started"), ("today",), whether=False),
    Rule(
        "inside",
        ("scope_in|scope_out|covers|scope",),
        ("not", "past", "change"),
        whether=True,
        open=True,
        metrics=True,
    ),
    Rule(
        "scope",
        ("scope_in|scope_out|scope|covers",),
        ("not", "past", "stage", "everywhere"),
        whether=False,
    ),
    Rule("field", (_ASKED,), _BESIDE, Needs.NO_ITEM, whether=False),
    Rule("field", ("sponsor",), ("who", *_BESIDE), whether=False),
    Rule("stakeholders", ("stakeholder",), ("who", "count"), whether=None),
    Rule("documents", ("document",), ("where", "scope", "status", "use"), whether=False),
    Rule("documents", ("where",), (), whether=False, open=True),
    Rule(
        "reviews",
        ("document", "review"),
        ("waiting", "due", "late", "when", "today"),
        whether=False,
    ),
)


def answer(asked: Asked) -> Answer | None:
    match asked.rule.name:
        case "inside":
            return _inside(asked)
        case "scope":
            return _scope(asked)
        case "field":
            return _field(asked)
        case "stakeholders":
            return _stakeholders(asked)
        case "reviews":
            return _reviews(asked)
        case _:
            return _documents(asked)


def _projects(asked: Asked) -> list[Place]:
    """The projects that are meant; one item of a project stands for it."""
    return [Place(place.project, None, place.mentions) for place in asked.places()]


def _scope(asked: Asked) -> Answer:
    places = _projects(asked)
    said = " ".join(wording.scope(place.project, asked.facts) for place in places)
    made = asked.answer(said, places)
    return _with_scopes(made, places)


def _with_scopes(made: Answer, places: Sequence[Place]) -> Answer:
    return replace(made, scopes=tuple(place.project.key for place in places))


def _field(asked: Asked) -> Answer:
    names = next((names for cue, names in _FIELDS.items() if asked.reading.has(cue)), None)
    places = _projects(asked)
    if names is None:  # why there is such a project: for what, and against what
        said = [_why(place.project, asked) for place in places]
    else:
        said = [_told(place.project, names, asked) for place in places]
    return _with_scopes(asked.answer(" ".join(said), places), places)


def _why(project: Project, asked: Asked) -> str:
    known = [one for one in _WHY if fields.value(project.scope, one)]
    return " ".join(_told(project, (one,), asked) for one in known or _WHY[:1])


def _told(project: Project, names: Sequence[str], asked: Asked) -> str:
    name = wording.name(project.name)
    for field in names:
        value = fields.worded(field, fields.value(project.scope, field), asked.facts.people)
        if value:
            label = fields.words(field).capitalize()
            return f"{label} of {name}: {clip(value, _LINE)}{_stop(value)}{_as_of(project)}"
    return f"The {fields.words(names[0])} of {name} has not been written down yet."


def _stop(value: str) -> str:
    return "" if value.rstrip().endswith((".", "!", "?")) else "."


def _as_of(project: Project) -> str:
    scope = project.scope
    if not scope.version:
        return ""
    saved = f", saved {day(scope.changed_at)}" if scope.changed_at else ""
    return f" That is v{scope.version} of its scope{saved}."


def _stakeholders(asked: Asked) -> Answer:
    places = _projects(asked)
    people = [number for place in places for number in place.project.scope.stakeholders]
    said = []
    for place in places:
        name = wording.name(place.project.name)
        named = place.project.scope.stakeholders
        who = wording.people(named, asked.facts)
        said.append(
            f"Stakeholders of {name}: {who}." if named else f"{name} names no stakeholders."
        )
    return asked.answer(" ".join(said), places, people=people)


# --- documents ------------------------------------------------------------------------------------


def _documents(asked: Asked) -> Answer | None:
    wanted = _roots(
        word.text
        for at, word in enumerate(asked.reading.words)
        if at in asked.reading.left
        or any(cue.start <= at < cue.end and "document" in cue.rows for cue in asked.reading.cues)
    )
    places = _projects(asked)
    said = []
    for place in places:
        links = place.project.scope.links
        named = [link for link in links if wanted & _roots(text.tokens(link.title))]
        if asked.reading.left and not named:
            return None
        name = wording.name(place.project.name)
        told = "; ".join(f"{clip(link.title, 80)}: {link.url}" for link in named or links)
        said.append(f"{name} – {told}" if told else f"No links are on record for {name}.")
    return asked.answer(" ".join(said), places)


def _reviews(asked: Asked) -> Answer:
    """Documents whose day of review comes within a week or has gone by, and who reads them."""
    places, people = _projects(asked), asked.facts.people
    today = own_day(asked.facts.now, asked.facts.zone)
    said, readers = [], []
    for place in places:
        name, project = wording.name(place.project.name), place.project
        found = list(due_reviews(project, people, today, SOON))
        readers += [one.who for one in found if one.who is not None]
        told = "; ".join(clip(review_words(one, people), 200) for one in found)
        said.append(f"{name} – {told}." if told else f"No document of {name} is due for a review.")
    return asked.answer(" ".join(said), places, people=readers)


# --- one thing ------------------------------------------------------------------------------------


def _inside(asked: Asked) -> Answer | None:
    """Whether something is in scope, by the two lists."""
    words = asked.reading.words
    wanted = _roots(words[at].text for at in asked.reading.left)
    wanted |= _roots(
        words[at].text for one in asked.reading.metrics for at in range(one.start, one.end)
    )
    if not wanted:
        return _scope(asked) if asked.reading.form is Form.WHETHER else None
    places = _projects(asked)
    beside = _roots(
        words[at].text for one in asked.question.mentions for at in range(one.start, one.end)
    )
    out_asked = asked.reading.has("scope_out") is not asked.reading.has("not")
    for place in places:
        scope = place.project.scope
        lines = [(line, True) for line in scope.in_scope]
        lines += [(line, False) for line in scope.out_of_scope]
        ranked = [(_fit(line, wanted, beside), line, inside) for line, inside in lines]
        best = max(ranked, default=(0.0, "", False), key=lambda one: one[0])
        if best[0] <= 0:
            continue
        _, line, inside = best
        state = "in scope" if inside else "out of scope"
        said = f'"{clip(line, 160)}" is {state} of {wording.name(place.project.name)}.'
        made = asked.answer(said + _as_of(place.project), places, verdict=inside is not out_asked)
        return _with_scopes(made, places)
    named = wording.listed([wording.name(place.project.name) for place in places])
    what = clip(asked.reading.said(asked.reading.left), 60)
    said = (
        f'The scope of {named} does not mention "{what}", neither as in nor as out of scope. '
        "Whoever is accountable can add it: /charter scope."
    )
    return Answer(AnswerKind.UNKNOWN, said)


def _roots(words: Iterable[str]) -> frozenset[str]:
    return frozenset(text.root(text.stem(word)) for word in words)


def _fit(line: str, wanted: frozenset[str], beside: frozenset[str]) -> float:
    """How well a line is meant: all that is wanted must be in it, the fuller the better."""
    held = _roots(text.tokens(line))
    if not wanted <= held:
        return 0.0
    return len((wanted | beside) & held) / len(held)


TOPIC = Topic("scope", RULES, answer)
