"""The time that a question asks about: by a date, or by what happened then."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot import text
from bot.moments import day
from bot.qa import wording
from bot.qa.evidence import Asking, Past, Pull, Tried
from bot.qa.grammar import language_of
from bot.qa.mentions import Finder
from bot.qa.past import When
from bot.qa.periods import Period, either, period
from bot.qa.replies import Answer, AnswerKind, Option
from bot.qa.rule import Reading
from bot.qa.times import TO_COME, Kind, Lead, Said
from bot.qa.times import languages as clock_words
from bot.qa.topics.cues import languages
from bot.qa.topics.matching import WHAT, meant
from bot.qa.topics.pulls import seen_by_all
from bot.qa.topics.readings import ids, readings
from bot.qa.topics.topic import Asked, Reply
from bot.sources.base import ModelVersion, PullState

_Seen = TypeVar("_Seen", Pull, Tried)
_INSTANT = timedelta(microseconds=1)
_EVER = datetime.min.replace(tzinfo=UTC)
_READ = 500  # lines of the record that are looked at for what happened


def settled(asked: Asked, when: When, projects: Sequence[int]) -> Period:
    """From when to when, asked of these projects (ids). Raises `Reply`: with both readings of
    "03/04", for what is still to come, and for what is not on record.
    """
    found = _by_event(asked, when, projects) if when.said is None else _by_date(asked, when)
    if found.begin is not None and found.begin > asked.facts.now:
        raise Reply(_to_come(found.words))
    return found


def _to_come(when: str) -> Answer:
    said = f"That is still to come ({when}). Ask without a date for how it stands now."
    return Answer(AnswerKind.UNKNOWN, said)


def _by_date(asked: Asked, when: When) -> Period:
    said = when.said
    assert said is not None
    if (both := either(said)) and when.last is None:
        raise Reply(which_day(asked, when, both))
    if said.kind is Kind.STANDUP:
        return _since_standup(asked)
    found = period(said, asked.today, asked.zone, when.last)
    if found is None:
        typed = asked.question.sentence[when.start : when.end]
        if said.kind in TO_COME:
            raise Reply(_to_come(typed))
        told = f'No such day is in the calendar: "{text.clip(typed, 60)}". Say it like 2026-03-01.'
        raise Reply(Answer(AnswerKind.UNKNOWN, told))
    return found


def which_day(asked: Asked, when: When, both: Iterable[Said]) -> Answer:
    """Figures that can be read in two ways are asked back."""
    sentence = asked.question.sentence
    found = [
        one for said in both if (one := period(said, asked.today, ZoneInfo("UTC"))) and one.begin
    ]
    labels = [(one.begin or asked.facts.now).date().isoformat() for one in found]
    begin = when.said.at if when.said else when.start
    options = tuple(
        Option(label, f"{sentence[:begin]}{label}{sentence[when.end :]}") for label in labels
    )
    return Answer(AnswerKind.CLARIFY, wording.which("day", labels, 0), options=options)


def _since_standup(asked: Asked) -> Period:
    asker = asked.facts.asker
    if asker is None:
        raise Reply(Answer(AnswerKind.UNKNOWN, wording.NO_ASKER))
    posted = asked.facts.evidence.last_standup(asker.id)
    if posted is None:
        said = 'No standup of yours is on record. Ask with a day, like "since Monday".'
        raise Reply(Answer(AnswerKind.UNKNOWN, said))
    return Period(posted, None, f"since your last standup ({_minute(posted, asked)})")


def _minute(moment: datetime, asked: Asked) -> str:
    return f"{moment.astimezone(asked.zone):%Y-%m-%d %H:%M}"


# --- by what happened -----------------------------------------------------------------------------


def _by_event(asked: Asked, when: When, projects: Sequence[int]) -> Period:
    words = text.words(when.event)
    found = ids(when.event, words)
    numbers = {words[cue.start].text for cue in found if "number" in cue.rows}
    names = {text.key(words[cue.start : cue.end]) for cue in found if "id" in cue.rows}
    if numbers and (pull := _one(asked, projects, _pulls(asked, numbers))):
        return _of_pull(asked, when, pull)
    if (names or numbers) and (run := _one(asked, projects, _runs(asked, names | numbers))):
        return _of_run(asked, when, run)
    if _is_promotion(words) and (found_at := _of_model(asked, when, projects)):
        return found_at
    if numbers or names:
        raise Reply(asked.missing(text.clip(when.event, 60)))
    return _told(asked, when, projects)


def project_of(asked: Asked, when: When) -> str | None:
    """The key of the one project whose pull request, run or model the words name; None where they
    name none, or one of several.
    """
    words = text.words(when.event)
    found = ids(when.event, words)
    numbers = {words[cue.start].text for cue in found if "number" in cue.rows}
    names = {text.key(words[cue.start : cue.end]) for cue in found if "id" in cue.rows}
    projects: set[int] = set()
    if numbers:
        projects = {one.project for one in _pulls(asked, numbers)}
    if not projects and (names or numbers):
        projects = {one.project for one in _runs(asked, names | numbers)}
    if not projects and _is_promotion(words):
        projects = {one.project for one, _ in _models(asked, words, _listed(asked))}
    entry = asked.facts.view.project(projects.pop()) if len(projects) == 1 else None
    return entry.key if entry else None


def _listed(asked: Asked) -> list[int]:
    return [entry.project_id for entry in asked.facts.view.listed()]


def _pulls(asked: Asked, numbers: set[str]) -> list[Pull]:
    found = seen_by_all(asked, _listed(asked))
    return [one for one in found if str(one.seen.number) in numbers]


def _runs(asked: Asked, names: set[str]) -> list[Tried]:
    found = asked.facts.evidence.runs(_listed(asked))
    return [
        one
        for one in found
        if names & {text.key(text.words(name)) for name in (one.seen.ref.key, one.seen.name)}
    ]


def _one(asked: Asked, projects: Sequence[int], found: list[_Seen]) -> _Seen | None:
    """The one that is meant: of several, that of the project that is asked about."""
    own = [one for one in found if one.project in set(projects)]
    chosen = own or found
    if len(chosen) > 1:
        where: list[str] = [wording.name(asked.facts.name_of(one.project)) for one in chosen]
        said = (
            f"Several have that number or name: {wording.listed([*dict.fromkeys(where)])}. "
            "Ask with the day instead, like 2026-03-01."
        )
        raise Reply(Answer(AnswerKind.UNKNOWN, said))
    return chosen[0] if chosen else None


def _of_pull(asked: Asked, when: When, pull: Pull) -> Period:
    seen, words = pull.seen, {word.stem for word in text.words(when.event)}
    opened = not words.isdisjoint(_OPENED)
    if seen.private:
        said = (
            f"#{seen.number} is in a private repository: only its number and state are told. "
            "Ask with a day, like 2026-03-01."
        )
        raise Reply(Answer(AnswerKind.UNKNOWN, said))
    title = f"#{seen.number} {text.clip(seen.title, 60)}"
    if not opened and seen.state is not PullState.MERGED:
        said = f"{title} is {seen.state.value}, not merged, as it was last seen."
        raise Reply(Answer(AnswerKind.UNKNOWN, said))
    moment = seen.opened if opened else seen.merged
    return _at(asked, moment, f"when {title} was {'opened' if opened else 'merged'}")


def _of_run(asked: Asked, when: When, run: Tried) -> Period:
    seen, words = run.seen, {word.stem for word in text.words(when.event)}
    ended = not words.isdisjoint(_ENDED)
    moment = seen.ended if ended else seen.started
    if moment is None and run.day is not None and not ended:
        moment = datetime.combine(run.day, time(12), UTC)
    name = text.clip(seen.name or seen.ref.key, 60)
    return _at(asked, moment, f"when run {name} {'ended' if ended else 'began'}")


_OPENED = frozenset(text.stem(word) for word in ("opened", "open", "eröffnet", "abrió", "created"))
_ENDED = frozenset(text.stem(word) for word in ("finished", "ended", "done", "completed", "endete"))


_PROMOTED = frozenset(
    text.stem(word) for word in ("promoted", "promotion", "production", "deployed", "released")
)
_MODEL = frozenset(text.stem(word) for word in ("model", "models", "version"))


def _is_promotion(words: Sequence[text.Word]) -> bool:
    stems = {word.stem for word in words}
    return not stems.isdisjoint(_PROMOTED) and not stems.isdisjoint(_MODEL)


def _models(
    asked: Asked, words: Sequence[text.Word], projects: Sequence[int]
) -> list[tuple[Tried, ModelVersion]]:
    """Versions of models that these projects' runs made and of which it is known when they were
    promoted: of the model and the version that the words name, if they name one.
    """
    every = [
        (one, model)
        for one in asked.facts.evidence.runs(projects)
        for model in one.seen.models
        if model.promoted is not None
    ]
    said = {word.text for word in words}
    named = [
        (one, model)
        for one, model in every
        if {part.text for part in text.words(model.name)} <= said
    ]
    found = named or every
    versions = [pair for pair in found if {pair[1].version, f"v{pair[1].version}"} & said]
    return versions or found


def _of_model(asked: Asked, when: When, projects: Sequence[int]) -> Period | None:
    """The last time that such a model was promoted."""
    found = _models(asked, text.words(when.event), projects)
    _, last = max(found, key=lambda pair: pair[1].promoted or _EVER, default=(None, None))
    if last is None:
        return None
    name = f"{text.clip(last.name, 60)} version {text.clip(last.version, 20)}"
    return _at(asked, last.promoted, f"when {name} was promoted")


def _at(asked: Asked, moment: datetime | None, words: str) -> Period:
    if moment is None:
        said = f"The day {words} is not on record. Ask with a day, like 2026-03-01."
        raise Reply(Answer(AnswerKind.UNKNOWN, said))
    return Period(moment, moment + _INSTANT, f"{words} ({day(moment)})", is_day=True)


def _told(asked: Asked, when: When, projects: Sequence[int]) -> Period:
    """By the last thing on record that the words tell of: "when the target was raised"."""
    past = [one for one in asked.facts.evidence.past(projects) if one.project is not None]
    past += _lines(asked, tuple(projects))
    reading = _read(when.event, asked)
    found = meant(reading, past) if reading and _says_what(reading) else []
    if not found:
        said = (
            f'Nothing on record tells when that was: "{text.clip(when.event, 80)}". '
            "Ask with a day, like 2026-03-01."
        )
        raise Reply(Answer(AnswerKind.UNKNOWN, said))
    last = max(found, key=lambda one: (one.day, one.at is not None))
    if last.at is not None:
        begin, end = last.at, last.at + _INSTANT
    else:
        begin = datetime.combine(last.day, time(), asked.zone).astimezone(UTC)
        end = begin + timedelta(days=1)
    words = f"{last.when} ({text.clip(last.summary, 80).rstrip('.')})"
    match when.lead:
        case Lead.SINCE:
            return Period(begin, None, f"since {words}")
        case Lead.BEFORE:
            return Period(begin - _INSTANT, begin, f"right before {words}", is_day=True)
    return Period(begin, end, f"on {words}", is_day=True)


def _lines(asked: Asked, projects: tuple[int, ...]) -> Iterable[Past]:
    lines = asked.facts.evidence.changed(Asking(projects), _READ)
    read = asked.facts.projects(dict.fromkeys(one.project for one in lines))
    titles = {item.id: item.key for project in read.values() for item in project.items}
    for one in lines:
        on = asked.day_of(one.at)
        yield Past(
            one.project, titles.get(one.item or 0), on, one.kind, one.summary, by=one.by, at=one.at
        )


def _read(event: str, asked: Asked) -> Reading | None:
    said = text.words(event)
    lexicon = language_of(said)
    cues = languages().get(lexicon.language)
    if cues is None or not said:
        return None
    return next(readings(event, lexicon.in_english(said), asked.facts.view, cues, asked=True))


def _says_what(reading: Reading) -> bool:
    """Whether it names what can be otherwise: "when it was raised" does not."""
    named = reading.left or reading.metrics or reading.items
    return bool(named) or reading.has(*WHAT, "decision")


def person_in(event: str, asked: Asked) -> int | None:
    """Who is named, where it is a name and nothing else: "before Sam", "after Sam left"."""
    words = text.words(event)
    times = clock_words().get(language_of(words).language)
    words = text.words(times.without_leaving(event)) if times else words
    found = Finder(words, asked.facts.view, language_of(words), people=True, jobs=False).mentions()
    whole = [one for one in found if one.people and (one.start, one.end) == (0, len(words))]
    numbers = whole[0].people if whole else frozenset()
    return next(iter(numbers)) if len(numbers) == 1 else None
