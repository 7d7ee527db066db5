"""A question in, an answer out: found, asked back, nobody there, or unknown; never a guess."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot import text
from bot.people import Person
from bot.project import Letter
from bot.qa import wording
from bot.qa.facts import Facts
from bot.qa.grammar import Ask, Question
from bot.qa.jobs import answer_about, role_asked
from bot.qa.loads import Row, acting_for, rows
from bot.qa.mentions import How, Mention
from bot.qa.raci import LETTER, Found, find, union
from bot.qa.reading import questions
from bot.qa.replies import Answer, AnswerKind, Option, Subject, Verdict
from bot.qa.requests import requested, requests, which
from bot.qa.resolve import Choice, Missing, Resolver, Target, Unclear
from bot.qa.several import several, together
from bot.qa.suggest import nearest
from bot.qa.topics import TOPICS
from bot.qa.topics.topic import Asked, told
from bot.qa.verdicts import Ruling, exists, is_either, rule
from bot.qa.words import Intent

_LABEL = 75
_ORDER_OF_USE = (Ask.HELP, Ask.LATER, Ask.ORDER)


def answer(question: str, facts: Facts, choice: Choice | None = None) -> Answer:
    """The answer to what somebody typed; `choice` settles what was asked back before."""
    return replace(_answer(question, facts, choice), zone=facts.zone)


def _answer(question: str, facts: Facts, choice: Choice | None) -> Answer:
    if choice is None and (role := role_asked(question, facts)) is not None:
        about = answer_about(role, facts)
        return replace(about, said=wording.cut(about.said))
    asked = questions(text.plain(question), facts.view)
    found = together(question, several(asked), lambda one, by: _answered(one, facts, by), choice)
    return found or _answered(best(asked), facts, choice)


def _answered(question: Question, facts: Facts, choice: Choice | None) -> Answer:
    made = _Answering(question, facts, choice or Choice()).answer()
    said, who = wording.cut(made.said), _contact(made, facts)
    return replace(made, said=said, zone=facts.zone, contact=who)


def _contact(made: Answer, facts: Facts) -> Person | None:
    """The one person that an answer about one thing names, if the asker can write to them."""
    if len(made.people) != 1 or len(made.subjects) != 1:
        return None
    who = facts.people.get(made.people[0])
    if who is None or not (who.active and who.slack_id) or who.is_bot:
        return None
    return None if facts.asker and facts.asker.id == who.id else who


def best(asked: Sequence[Question]) -> Question:
    """The first question of a text that can be answered; else the first that is one at all."""
    whole = [one for one in asked if one.understood and one.says_something and not one.left_over]
    part = [one for one in asked if one.understood]
    rest = sorted(
        (one for one in asked if one.ask in _ORDER_OF_USE),
        key=lambda one: _ORDER_OF_USE.index(one.ask),
    )
    return next(iter([*whole, *part, *rest]), Question(Ask.NOTHING))


@dataclass(frozen=True, slots=True)
class _Answering:
    """One question on its way to an answer."""

    question: Question
    facts: Facts
    choice: Choice

    def answer(self) -> Answer:
        question = self.question
        match question.ask:
            case Ask.GUIDE:
                assert question.guide is not None
                return Answer(AnswerKind.ANSWER, question.guide.text, guide=question.guide)
            case Ask.HELP:
                return Answer(AnswerKind.ANSWER, wording.help_text())
            case Ask.LATER:
                return _unknown(f"{wording.LATER} {wording.CAN_ASK}")
            case Ask.ORDER:
                return self._offered()
            case Ask.NOTHING:
                return _unknown(wording.not_understood())
            case Ask.WHO | Ask.EXISTS | Ask.VERIFY | Ask.LOAD:
                if question.left_over and not self._is_settled():
                    return self._missing(question.left_over[0], "")
                return self._load() if question.ask is Ask.LOAD else self._of_items()
            case Ask.TOPIC:
                assert question.matched is not None
                asked = Asked(question.matched, question, self.facts, self.choice)
                return told(TOPICS[question.matched.topic], asked)

    def _offered(self) -> Answer:
        """The commands that would do what is asked for; nothing is done."""
        found = requests(self.question, self.facts, self.choice)
        if isinstance(found, Unclear):
            return self._where(found)
        if not found:
            return _unknown(f"{wording.ORDER} {wording.CAN_ASK}")
        said = requested([one.shown for one in found])
        return replace(_unknown(said), requests=found)

    def _where(self, unclear: Unclear) -> Answer:
        """In which project it shall be done, as buttons; each offers the command."""
        found = [(self.facts.project(one.project), one.item) for one in unclear.options]
        pairs = [(project, project.item(key) if key else None) for project, key in found]
        labels = wording.labels(pairs, items=False, projects=True)
        options = tuple(
            Option(text.clip(label, _LABEL), self.question.sentence, project.key, item)
            for label, (project, item) in zip(labels, found, strict=True)
        )
        return replace(_unknown(which(labels, unclear.more)), options=options)

    def _is_settled(self) -> bool:
        """Whether a button has said what is meant, whatever else the words are."""
        return bool(self.choice.project or self.choice.person)

    def _missing(self, said: str, where: str) -> Answer:
        near = nearest(said, self.facts)
        return replace(_unknown(wording.unknown(said, where, near)), suggestions=near)

    # --- who holds a letter --------------------------------------------------------------------

    def _of_items(self) -> Answer:
        somebody: tuple[Person, ...] = ()
        if self.question.ask is Ask.VERIFY:
            who = self._everybody()
            if isinstance(who, Answer):
                return who
            somebody = who
        resolved = Resolver(self.facts, self.question, self.choice).targets()
        match resolved:
            case Unclear():
                return self._asked_back(resolved, somebody)
            case Missing(said, project):
                if not said:
                    return _unknown(wording.not_understood())
                return self._missing(said, project.name if project else "")
            case targets:
                return self._told(targets, somebody)

    def _told(self, targets: Sequence[Target], somebody: Sequence[Person]) -> Answer:
        intent = self.question.intent or Intent.OWNER
        if gone := [one for target in targets for one in self._gone(target)]:
            return _unknown(" ".join(dict.fromkeys(gone)))
        found = [self._find(target, intent) for target in targets]
        if any(one is None for one in found):
            return _unknown(wording.not_understood())
        known = [one for one in found if one is not None]
        nobody = all(one.nobody for one in known)
        ruling = self._ruling(known, somebody)
        titles = self._understood(targets)
        fresh = wording.freshness((one.project for one in known), self.facts)
        told = " ".join(wording.found(one, self.facts) for one in known)
        said = f"{told} {fresh}".rstrip()
        return Answer(
            AnswerKind.NO_OWNER if nobody else AnswerKind.ANSWER,
            wording.with_understood(ruling.said + said, titles),
            people=union(one.people for one in known if nobody or not one.nobody),
            stages=tuple((one.project.key, one.item.key) for one in known if one.item),
            verdict=ruling.verdict,
            subjects=tuple(_subject(one) for one in known),
            understood=titles,
            freshness=fresh,
        )

    def _find(self, target: Target, intent: Intent) -> Found | None:
        project = self.facts.project(target.project)
        item = project.item(target.item) if target.item else None
        if target.item and item is None:
            return None
        return find(project, item, intent, self.facts)

    def _gone(self, target: Target) -> Iterator[str]:
        """That something was taken out of its project, and when."""
        project = self.facts.project(target.project)
        if target.item and project.item(target.item) is None:
            for one in project.gone:
                if one.key == target.item:
                    yield wording.gone(project, one)

    def _ruling(self, found: Sequence[Found], somebody: Sequence[Person]) -> Ruling:
        if self.question.ask is Ask.EXISTS:
            return exists(found)
        return rule(self.question, somebody, found, self.facts) if somebody else Ruling()

    def _understood(self, targets: Sequence[Target]) -> tuple[str, ...]:
        """The titles of what was called by another name, or mistyped."""
        titles: list[str] = []
        for target in targets:
            project = self.facts.project(target.project)
            item = project.item(target.item) if target.item else None
            for mention in target.mentions:
                by_item = mention.is_item and item is not None
                title = item.title if by_item and item else project.name
                if not self._is_title(mention, title):
                    titles.append(title)
        return tuple(dict.fromkeys([*titles, *self._understood_people()]))

    def _is_title(self, mention: Mention, title: str) -> bool:
        same = text.key(text.words(title)) in mention.keys
        return same and mention.how is How.NAME

    def _understood_people(self) -> list[str]:
        mistyped = (m for m in self.question.people if m.how is not How.NAME or m.by_job)
        return [
            self.facts.people[number].name
            for m in mistyped
            for number in m.people
            if len(m.people) == 1
        ]

    # --- somebody --------------------------------------------------------------------------------

    def _person(self) -> Person | Answer:
        """The person in question; an answer where that is unclear."""
        if self.choice.person:
            pinned = (p for p in self.facts.people.values() if p.key == self.choice.person)
            if person := next(pinned, None):
                return person
        if self.question.me:
            return self.facts.asker or _unknown(wording.NO_ASKER)
        named = [self.facts.people[number] for m in self.question.people for number in m.people]
        if len(self.question.people) != 1:
            return _unknown(wording.ONE_PERSON)
        if len(named) == 1:
            return named[0]
        named.sort(key=lambda person: (person.name.casefold(), person.key))
        return self._which_person(named, self.question.people[0])

    def _everybody(self) -> tuple[Person, ...] | Answer:
        """All those in question; an answer where one of them is unclear."""
        if len(self.question.people) < 2:
            who = self._person()
            return who if isinstance(who, Answer) else (who,)
        found: list[Person] = []
        for mention in self.question.people:
            named = [self.facts.people[number] for number in mention.people]
            picked = [one for one in named if one.key == self.choice.person] or named
            if len(picked) > 1:
                picked.sort(key=lambda person: (person.name.casefold(), person.key))
                return self._which_person(picked, mention)
            found += [one for one in picked if one not in found]
        return tuple(found)

    def _which_person(self, named: Sequence[Person], mention: Mention) -> Answer:
        labels = [wording.person(person, self.facts) for person in named]
        shown = wording.SHOWN
        options = tuple(
            Option(
                text.clip(label, _LABEL),
                self.question.instead(mention, person.name),
                person=person.key,
            )
            for label, person in zip(labels[:shown], named[:shown], strict=True)
        )
        more = max(0, len(named) - shown)
        return Answer(
            AnswerKind.CLARIFY,
            wording.which("person", labels[:shown], more),
            people=tuple(person.id for person in named),
            options=options,
        )

    def _load(self) -> Answer:
        who = self._person()
        if isinstance(who, Answer):
            return who
        within = Resolver(self.facts, self.question, self.choice).projects_named()
        if isinstance(within, Unclear):
            return self._asked_back(within, (who,))
        if isinstance(within, Missing):
            return self._missing(within.said, "")
        letters = tuple(Letter) if self.question.intent is None else (LETTER[self.question.intent],)
        projects = {target.project for target in within}
        stages = frozenset(stage for m in self.question.mentions if m.is_item for stage in m.stages)
        held = [
            row
            for row in rows(who, letters, projects, self.facts)
            if not stages or row.item.key in stages
        ]
        return self._load_told(who, letters, held, within)

    def _load_told(
        self, who: Person, letters: Sequence[Letter], held: Sequence[Row], within: Sequence[Target]
    ) -> Answer:
        where = wording.listed([wording.name(self.facts.project(t.project).name) for t in within])
        name = wording.person(who, self.facts)
        asked = LETTER[self.question.intent] if self.question.intent else None
        parts = [
            wording.load(name, letter, [row for row in held if row.letter is letter])
            for letter in letters
            if any(row.letter is letter for row in held)
        ] or [wording.nothing_held(name, asked, where)]
        if not who.active:
            parts.insert(0, wording.left(who, self.facts))
        parts += [wording.acts_for(one, self.facts) for one in acting_for(who, self.facts)]
        titles = tuple(dict.fromkeys([*self._understood(within), *self._understood_people()]))
        verdict: Verdict = "yes" if held else "no"
        lead = f"{verdict.capitalize()}. " if self.question.anything else ""
        return Answer(
            AnswerKind.ANSWER,
            wording.with_understood(lead + " ".join(parts), titles),
            people=(who.id,),
            stages=tuple(dict.fromkeys((row.project.key, row.item.key) for row in held)),
            verdict=verdict if self.question.anything or not held else None,
            held=tuple(held),
            understood=titles,
        )

    # --- asked back -----------------------------------------------------------------------------

    def _asked_back(self, unclear: Unclear, somebody: Sequence[Person]) -> Answer:
        """The options as buttons; names no owner."""
        pairs = [
            (project, project.item(target.item) if target.item else None)
            for target in unclear.options
            for project in (self.facts.project(target.project),)
        ]
        one_item = len({(item.key, item.title) if item else () for _, item in pairs}) == 1
        one_project = len({project.id for project, _ in pairs}) == 1
        labels = wording.labels(pairs, items=not one_item or one_project, projects=not one_project)
        either = is_either(self.question)
        who = wording.listed([one.name for one in somebody], "or" if either else "and")
        verb = "are" if len(somebody) > 1 and not either else "is"
        options = tuple(
            Option(
                text.clip(label, _LABEL),
                wording.asked(self.question.ask, self.question.intent, who, project, item, verb),
                project=project.key,
                item=item.key if item else None,
                person=somebody[0].key if len(somebody) == 1 else None,
            )
            for label, (project, item) in zip(labels, pairs, strict=True)
        )
        what = "project" if one_item and not one_project else "item"
        said = wording.which(what, labels, unclear.more)
        return Answer(AnswerKind.CLARIFY, said, options=options)


def _subject(one: Found) -> Subject:
    return Subject(
        one.project, one.item, one.lines, one.people, one.nobody, one.fallback, one.stage
    )


def _unknown(said: str) -> Answer:
    return Answer(AnswerKind.UNKNOWN, said)
