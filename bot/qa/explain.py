"""How a question came to its answer, step by step, in words: for whoever tunes the tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot import text
from bot.qa import wording
from bot.qa.answer import answer, best
from bot.qa.facts import Facts
from bot.qa.grammar import Ask, Question, corrected, language_of
from bot.qa.jobs import role_asked
from bot.qa.mentions import Finder, How, Mention, held_near
from bot.qa.reading import read_all
from bot.qa.replies import Answer, AnswerKind
from bot.qa.resolve import Choice, Missing, Resolver, Target, Unclear
from bot.qa.rule import Matched, Reading
from bot.qa.several import MOST, SHOWN, several
from bot.qa.topics import Candidate, candidates
from bot.qa.words import Lexicon
from bot.text import Word

_SHOWN = 8  # of the things that one name can stand for, and of the rules
_LONGEST = 160  # characters of one sentence

_ASKS = {
    Ask.WHO: "who holds a letter",
    Ask.LOAD: "what somebody holds",
    Ask.VERIFY: "whether somebody holds a letter",
    Ask.EXISTS: "whether anybody holds a letter",
    Ask.TOPIC: "another kind of question",
    Ask.GUIDE: "about Charter itself",
    Ask.HELP: "for help",
    Ask.ORDER: "that something shall be done",
    Ask.LATER: "a kind of question that is not answered",
    Ask.NOTHING: "nothing that is known",
}
_HOW = {
    How.NAME: "as it is held",
    How.ROOT: "another form of the word",
    How.TYPO: "a typo",
    How.PART: "a part of the name",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way, and what it came to."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer, and the steps that led to it."""

    steps: tuple[Step, ...]
    answer: Answer

    @property
    def text(self) -> str:
        return "\n".join(
            line for step in self.steps for line in (step.name, *(f"  {one}" for one in step.lines))
        )


def explained(question: str, facts: Facts, choice: Choice | None = None) -> Explanation:
    """The answer to what somebody typed, with every step; of what the asker may see, as always."""
    told = answer(question, facts, choice)
    steps = tuple(
        Step(name, lines or ("none",))
        for name, lines in (
            _of_role(question, facts)
            if choice is None and role_asked(question, facts) is not None
            else _steps(question, facts, choice or Choice(), told)
        )
    )
    return Explanation((*steps, Step("Answer", (told.kind.value, told.text))), told)


Named = tuple[str, tuple[str, ...]]


def _of_role(question: str, facts: Facts) -> Iterator[Named]:
    role = role_asked(question, facts)
    yield "Sentences", (f'1. "{_clip(text.plain(question))}"',)
    yield "Decided", (f"the catalogue of job roles: {role.title if role else ''}",)


def _steps(question: str, facts: Facts, choice: Choice, told: Answer) -> Iterator[Named]:
    plain = text.plain(question)
    pairs = read_all(plain, facts.view)
    said, asked = [sentence for sentence, _ in pairs], [question for _, question in pairs]
    meant = several(asked)[:MOST] or [best(asked)]
    first = {id(one): at for at, one in reversed([*enumerate(asked)])}  # what is said twice is one
    chosen = sorted(first[id(each)] for each in meant if id(each) in first)
    yield "Sentences", tuple(_sentences(said, asked, chosen))
    for at in chosen or ([0] if said else []):
        if len(chosen) > 1:
            yield f"Question {at + 1}", (f'"{_clip(said[at])}"',)
        shown = text.clip(said[at], SHOWN)
        own = next((part.answer for part in told.parts if part.question == shown), told)
        yield from _detailed(said[at], asked[at], facts, choice, own)


def _detailed(
    sentence: str, meant: Question, facts: Facts, choice: Choice, told: Answer
) -> Iterator[Named]:
    """The steps of one question."""
    words = text.words(sentence)
    lexicon = language_of(words)
    read = meant.words or corrected(words, lexicon, facts.view)
    raw, asks = lexicon.in_english(words), _ends_asking(sentence)
    met = candidates(sentence, raw, facts.view, lexicon.language, asked=asks)
    topics = sorted(met, key=lambda one: one.rank, reverse=True)
    yield "Language", (lexicon.language,)
    yield "Words", (" | ".join(map(_word, _read(meant, read))),)
    yield "Names", tuple(_names(meant, read, lexicon, facts))
    yield "Cues", tuple(_cues(meant, read, lexicon))
    yield "Left over", tuple(_left_over(meant, facts))
    yield "Rules of other kinds", tuple(_rules(topics))
    yield "Decided", (_decided(meant),)
    yield "About", tuple(_about(meant, facts, choice, told))


def _ends_asking(sentence: str) -> bool:
    return sentence.rstrip(" \"'”’»)").endswith(("?", "？"))


def _clip(said: str) -> str:
    return text.clip(said, _LONGEST)


def _sentences(
    said: Sequence[str], asked: Sequence[Question], chosen: Sequence[int]
) -> Iterator[str]:
    for number, (sentence, one) in enumerate(zip(said, asked, strict=True)):
        ending = ", and is answered" if number in chosen and len(said) > 1 else ""
        yield f'{number + 1}. "{_clip(sentence)}" asks {_ASKS[one.ask]}{ending}'


# --- words and names ------------------------------------------------------------------------------


def _read(meant: Question, read: Sequence[Word]) -> Sequence[Word]:
    return meant.matched.reading.words if meant.matched else read


def _word(word: Word) -> str:
    """A word as typed; what it was put right to, and else its stem, where these differ."""
    typed = word.surface.casefold()
    put_right = f" → {word.text}" if text.fold(word.text) != text.fold(typed) else ""
    stem = f" ({word.stem})" if not put_right and word.stem != word.text else ""
    return f"{word.surface}{put_right}{stem}"


def _names(meant: Question, read: Sequence[Word], lexicon: Lexicon, facts: Facts) -> Iterator[str]:
    """Every name that was found, the heaviest first; those that overlap with it are passed over."""
    words = _read(meant, read)
    finder = Finder(words, facts.view, lexicon, people=True, jobs=meant.matched is None)
    taken = {(one.start, one.end): one for one in (*meant.mentions, *meant.people)}
    found = [one for one in finder.considered() if (one.start, one.end) not in taken]
    for one in sorted((*taken.values(), *found), key=lambda one: (-one.weight, one.start)):
        is_taken = (one.start, one.end) in taken
        said = " ".join(word.surface for word in words[one.start : one.end])
        state = "taken" if is_taken else "passed over"
        meaning = "; ".join(_senses(one, facts)) or "nothing that is held"
        yield f'"{said}" ({_HOW[one.how]}, score {one.weight}, {state}): {meaning}'


def _senses(one: Mention, facts: Facts) -> Iterator[str]:
    """All that a name can stand for."""
    view = facts.view
    if one.people:
        people = (facts.people[number].name for number in sorted(one.people))
        yield f"{'by the job: ' if one.by_job else 'person '}{_some(people)}"
    if one.projects:
        yield f"project {_some(entry.name for entry in one.projects)}"
    if one.stages:
        yield f"stage {_some(sorted(one.stages))}"
    items = [place for key in one.keys for place in islice(view.items(key), _SHOWN + 1)]
    if items:
        yield "item " + _some(
            f"{place.item.title} in {place.entry.name}" for place in items if place.item
        )


def _some(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    rest = " and more" if len(found) > _SHOWN else ""
    return f"{', '.join(found[:_SHOWN])}{rest}"


def _left_over(meant: Question, facts: Facts) -> Iterator[str]:
    """What nothing accounts for, with the words of names that are near."""
    reading = meant.matched.reading if meant.matched else None
    said = [reading.said([at]) for at in reading.left] if reading else meant.left_over
    for one in said:
        near = sorted(
            pair for word in text.words(one) for pair in held_near(word, facts.view, people=True)
        )
        told = ", ".join(f"{name} (slips: {slips})" for slips, name in near[:_SHOWN])
        yield f'"{one}"{f", near {told}" if told else ""}'


# --- rules ----------------------------------------------------------------------------------------


def _cues(meant: Question, read: Sequence[Word], lexicon: Lexicon) -> Iterator[str]:
    """The wordings that tell what is asked, and the rows in which they stand."""
    if meant.matched:
        yield from _cues_of(meant.matched.reading)
        return
    taken = [False] * len(read)
    for one in meant.mentions:
        if one.end <= len(taken):
            taken[one.start : one.end] = [True] * (one.end - one.start)
    for phrase in lexicon.phrases(read, taken):
        rows = sorted(phrase.meaning.rows)
        letter = [f"letter {phrase.intent.value}"] if phrase.intent else []
        said = " ".join(word.surface for word in read[phrase.start : phrase.end])
        if letter or rows:
            yield f'"{said}": {", ".join((*letter, *rows))}'


def _cues_of(reading: Reading) -> Iterator[str]:
    yield f"the sentence is {reading.form.value}"
    for cue in reading.cues:
        light = ", may as well say nothing" if cue.light else ""
        yield f'"{reading.said(range(cue.start, cue.end))}": {", ".join(sorted(cue.rows))}{light}'
    for one in reading.metrics:
        yield f'"{reading.said(range(one.start, one.end))}": a success metric'


def _rules(topics: Sequence[Candidate]) -> Iterator[str]:
    """The rules that are met, the closest first."""
    for one in topics[:_SHOWN]:
        reading = one.matched.reading
        left = reading.said(reading.left)
        rest = f', leaves "{left}"{" open" if one.matched.rule.open else ""}' if left else ""
        yield f"{_rule(one.matched)}: score {one.close}{rest}"
    if len(topics) > _SHOWN:
        yield f"and {len(topics) - _SHOWN} more"


def _rule(match: Matched) -> str:
    needs = " + ".join(match.rule.needs) or match.rule.names.value
    return f"{match.topic}, {match.rule.name} ({text.clip(needs, 60)})"


def _decided(meant: Question) -> str:
    if meant.matched:
        return _rule(meant.matched)
    if meant.ask in (Ask.NOTHING, Ask.LATER):
        return "no rule: the question was not understood"
    if meant.guide:
        return f"the guide to Charter: {meant.guide.key}"
    letter = meant.intent.value if meant.intent else "every letter"
    spoken = _ASKS[meant.ask]
    return f"the grammar of letters: it asks {spoken} ({letter})" if meant.understood else spoken


# --- what it is about -----------------------------------------------------------------------------


def _about(meant: Question, facts: Facts, choice: Choice, told: Answer) -> Iterator[str]:
    """The projects and items that were meant, and why these."""
    if told.kind is AnswerKind.CLARIFY:
        options = _some(one.label for one in told.options)
        yield f"several fit equally, so it is asked back: {options}"
        return
    if not meant.understood or meant.guide:
        return
    if _is_incomplete(meant):
        yield "words are left over, so nothing else is answered in their stead"
        return
    yield from _resolved(meant, facts, choice)
    for subject in told.subjects:
        if subject.stage:
            yield f"its letters are those of its stage, {subject.stage.title}"
        if subject.nobody:
            yield f"nobody holds the letter; named instead: {subject.fallback or 'nobody'}"


def _resolved(meant: Question, facts: Facts, choice: Choice) -> Iterator[str]:
    resolver = Resolver(facts, meant, choice)
    lists = meant.ask in (Ask.LOAD, Ask.TOPIC) and not any(m.is_item for m in meant.mentions)
    match resolver.projects_named() if lists else resolver.targets():
        case Unclear(options):
            yield f"several fit equally: {len(options)} of them"
        case Missing(said, project):
            where = f" in {project.name}" if project else ""
            yield f'nothing is called "{said}"{where}' if said else "nothing is named"
        case ():
            here = [facts.view.project(number) for number in facts.channel_projects]
            names = [entry.name for entry in here if entry]
            yield f"{_some(names)}: the channel's" if names else "all that the asker may see"
        case targets:
            for target in targets:
                yield f"{_target(target, facts)}: {_why(target, meant, facts, choice)}"


def _is_incomplete(meant: Question) -> bool:
    """Whether some word is not accounted for, and so names something that is not held."""
    match = meant.matched
    return bool(match.reading.left) and not match.rule.open if match else bool(meant.left_over)


def _target(target: Target, facts: Facts) -> str:
    project = facts.project(target.project)
    return wording.thing(project, project.item(target.item) if target.item else None)


def _why(target: Target, meant: Question, facts: Facts, choice: Choice) -> str:
    if choice.project:
        return "chosen among options"
    if any(one.projects and not one.is_item for one in target.mentions):
        return "the project is named"
    if any(entry.project_id == target.project for entry in meant.context):
        return "the project is named in a sentence beside it"
    if target.project in facts.channel_projects:
        return "the channel's project"
    return "the only one of that name"
