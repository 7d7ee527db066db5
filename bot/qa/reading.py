"""How one sentence is taken apart: what each word is for, and so what is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import text
from bot.qa.grammar import NOTHING, Ask, Question, corrected, language_of
from bot.qa.mentions import Finder, How, Mention
from bot.qa.names import ProjectNames
from bot.qa.view import View
from bot.qa.words import Intent, Lexicon, Phrase
from bot.text import Word

# Words that carry no meaning of their own in the part of a sentence that asks.
_WEIGHTLESS = ("glue", "filler", "generic", "project", "here", "clause", "me", "any", "agree")
_NOT_YET = ("not", "past", "later", "topic", "what")


_CONSIDERED = 2_000  # characters of a text that are read
_LONG = 600  # characters of one sentence


def questions(plain: str, view: View) -> list[Question]:
    """What each sentence of a text asks; of a long text, the sentences that may be questions."""
    said = text.sentences(plain)
    if len(plain) > _CONSIDERED:
        said = _promising(said)
    asked = [read(sentence, view) for sentence in said]
    return [
        _in_context(one, said[:number], said[number + 1 :], view) if one.understood else one
        for number, one in enumerate(asked)
    ]


def _promising(said: Sequence[str]) -> list[str]:
    """The sentences that end with a question mark or hold an asking word, up to a limit."""
    kept: list[str] = []
    room = _CONSIDERED
    for sentence in said:
        if len(sentence) > _LONG:
            sentence = sentence[-_LONG:].partition(" ")[2]
        if room >= len(sentence) and (sentence.endswith(("?", "？")) or _may_ask(sentence)):
            kept.append(sentence)
            room -= len(sentence)
    return kept


def _may_ask(sentence: str) -> bool:
    words = text.words(sentence)
    free = [False] * len(words)
    return any(
        phrase.is_a("who") for phrase in language_of(words).phrases(words, free)
    )


def _in_context(
    question: Question, before: Sequence[str], after: Sequence[str], view: View
) -> Question:
    """A question with what the sentences around it tell: the project, or what "it" is."""
    if question.left_over or any(m.projects for m in question.mentions) or len(before) > 6:
        return question
    if not question.mentions and question.refers and before:
        words, mentions = _names_in(before[-1], view)
        return replace(question, words=tuple(words), mentions=tuple(mentions))
    named: dict[int, ProjectNames] = {}
    for sentence in (*before, *after[:2]):
        words, mentions = _names_in(sentence, view)
        for mention in mentions:
            if len(mention.projects) == 1 and not mention.is_item and _is_placed(mention, words):
                named[mention.projects[0].project_id] = mention.projects[0]
    return replace(question, context=tuple(named.values())) if len(named) == 1 else question


def _names_in(sentence: str, view: View) -> tuple[Sequence[Word], list[Mention]]:
    words = text.words(sentence)
    lexicon = language_of(words)
    words = lexicon.in_english(words)
    found = Finder(words, view, lexicon).mentions()
    return words, [mention for mention in found if mention.how is How.NAME]


def _is_placed(mention: Mention, words: Sequence[Word]) -> bool:
    """Whether a name stands where the place of something is told: "for churn", "on the …"."""
    if mention.end - mention.start > 1:
        return True
    before = words[mention.start - 1] if mention.start else None
    return before is not None and language_of(words).is_function_word(before)


def read(sentence: str, view: View) -> Question:
    """What a sentence asks; `Ask.NOTHING` where it asks nothing that is known."""
    words = text.words(sentence)
    if not words:
        return NOTHING
    lexicon = language_of(words)
    asked = sentence.rstrip(" \"'”’»)").endswith(("?", "？"))
    words = corrected(words, lexicon, view)
    for people in (False, True):
        finder = Finder(words, view, lexicon, people)
        found = _Sentence(finder, finder.mentions(), asked).question(people=people)
        if found.ask is not Ask.NOTHING:
            return replace(found, sentence=sentence)
    return _not_yet(words, lexicon)


def _not_yet(words: Sequence[Word], lexicon: Lexicon) -> Question:
    """Whether a sentence that is no question of ours is one of those that will be."""
    rows = {
        row for phrase in lexicon.phrases(words, [False] * len(words)) for row in phrase.meaning.rows
    }
    asks = rows & {"who", "what", "whether"}
    return Question(Ask.LATER) if asks and rows & {"topic", "not", "past"} else NOTHING


def _significant(phrases: Iterable[Phrase], *rows: str) -> int:
    """Where the wordings of these rows in front of a sentence end."""
    at = 0
    for phrase in phrases:
        if phrase.start != at or not phrase.is_a(*rows) or phrase.is_a("load"):
            break
        at = phrase.end
    return at


@dataclass(slots=True)
class _Sentence:
    """The words of a sentence with the names found in them."""

    finder: Finder
    mentions: list[Mention]
    asked: bool

    @property
    def words(self) -> Sequence[Word]:
        return self.finder.words

    @property
    def lexicon(self) -> Lexicon:
        return self.finder.lexicon

    def phrases(self) -> list[Phrase]:
        taken = [False] * len(self.words)
        for mention in self.mentions:
            taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
        return list(self.lexicon.phrases(self.words, taken))

    def question(self, *, people: bool) -> Question:
        if not people:
            if self._is_help():
                return Question(Ask.HELP)
            if self._is_order():
                return Question(Ask.ORDER)
        return self._about_somebody() if people else self._for_somebody()

    def _is_help(self) -> bool:
        start = _significant(self.phrases(), "opening", "filler")
        stems = tuple(word.stem for word in self.words)
        return stems in self.lexicon.help or stems[start:] in self.lexicon.help

    def _is_order(self) -> bool:
        """ "assign …", "can you make …": something shall be done, nothing is asked."""
        phrases = self.phrases()
        start = _significant(phrases, "opening", "filler")
        first = next((phrase for phrase in phrases if phrase.start == start), None)
        asks = any(phrase.is_a("who") for phrase in phrases)
        return first is not None and first.is_a("act") and not first.meaning.noun and not asks

    # --- "who …": somebody is asked for ------------------------------------------------------

    def _for_somebody(self) -> Question:
        """Reads "who owns X?" and "X owner?"; a wording that is also a name is tried as both."""
        for _ in range(2):
            phrases = self.phrases()
            found = self._with_head(phrases)
            if found.ask is not Ask.NOTHING or not self._give_up_names():
                return found
        return NOTHING

    def _give_up_names(self) -> bool:
        """Drops names that are also a wording ("sign-off"); whether there were any."""
        kept = [mention for mention in self.mentions if not self._is_cue(mention)]
        dropped = len(kept) < len(self.mentions)
        self.mentions = kept
        return dropped

    def _is_cue(self, mention: Mention) -> bool:
        stems = tuple(word.stem for word in self.words[mention.start : mention.end])
        meaning = self.lexicon.meanings.get(stems)
        return meaning is not None and (meaning.cue or meaning.noun) is not None

    def _with_head(self, phrases: Sequence[Phrase]) -> Question:
        heads = [phrase for phrase in phrases if phrase.is_a("who")]
        if not heads:
            return self._fragment(phrases)
        head = heads[-1]
        start = _significant(phrases, "opening", "filler")
        if any(p.start == start and p.is_a("whether") for p in phrases) and head.start > start:
            return NOTHING  # "is it Kim who owns X?" asks for a yes or no
        if not self._asks(head, phrases):
            return NOTHING
        begin = head.start
        intent = _intent([p for p in phrases if p.start >= begin], head)
        if intent is None or (begin and not self._after(phrases, head)):
            begin = 0
            intent = _intent([p for p in phrases if p.start != head.start], head) or intent
        if intent is None and (intent := self._as_verb(head)):
            begin = head.start
        if intent is None:
            return NOTHING
        return self._who(Part(self, phrases, begin, len(self.words), heads=(head,)), intent)

    def _as_verb(self, head: Phrase) -> Intent | None:
        """ "who is deploying X?", "who monitors X?": the item is what somebody does."""
        at = head.end
        while at < len(self.words) and self.lexicon.is_function_word(self.words[at]):
            at += 1
        verb = any(mention.start == at and mention.is_item for mention in self.mentions)
        if verb and self.words[at].text.endswith(("s", "ing")):
            return Intent.RESPONSIBLE
        return None

    def _after(self, phrases: Sequence[Phrase], head: Phrase) -> bool:
        return any(p.start > head.start and p.intent for p in phrases) or bool(head.meaning.weak) or any(
            p.start == head.end and p.meaning.weak for p in phrases
        )

    def _asks(self, head: Phrase, phrases: Sequence[Phrase]) -> bool:
        """Whether the asking word asks: it does not in "thanks to everyone who helped"."""
        if head.start == 0:
            return True
        before = [phrase for phrase in phrases if phrase.end == head.start]
        if any(phrase.is_a("opening") for phrase in before):
            return True
        if any(phrase.is_a("relative") for phrase in before):
            return False
        if self.asked or self.words[head.start].pause:
            return True
        return all(
            phrase.is_a("opening", "glue", "filler", "who") for phrase in phrases if phrase.end <= head.start
        )

    def _who(self, part: "Part", intent: Intent) -> Question:
        question = part.question(Ask.WHO, intent)
        if part.begin and question.understood:
            question = part.with_what_came_before(question)
        return question

    def _fragment(self, phrases: Sequence[Phrase]) -> Question:
        """ "pipeline owner?", "contact for the feature store": no verb, and no word too many."""
        begin = _significant(phrases, "opening", "filler")
        rest = [phrase for phrase in phrases if phrase.start >= begin]
        nouns = [phrase for phrase in rest if phrase.meaning.noun]
        if not nouns or any(p.is_a("whether", "what", "me") and not p.intent for p in rest):
            return NOTHING
        part = Part(self, phrases, begin, len(self.words), fragment=True)
        found = part.question(Ask.WHO, nouns[0].meaning.noun)
        named = found.mentions or found.whole
        return found if named and (not found.left_over or self.asked or begin) else NOTHING

    # --- somebody is named: "what does Kim own?", "is Kim the owner of X?" -----------------------

    def _about_somebody(self) -> Question:
        phrases = self.phrases()
        begin = _significant(phrases, "opening", "filler")
        part = Part(self, phrases, begin, len(self.words))
        people = [m for m in part.mentions if m.people and not m.is_item and not m.projects]
        me = not people and any(phrase.is_a("me") for phrase in part.phrases)
        intent = _intent(part.phrases, None)
        first = next((phrase for phrase in part.phrases if phrase.start == begin), None)
        if first and first.is_a("whether") and (people or not first.is_a("opening")):
            heads = tuple(phrase for phrase in part.phrases if phrase.is_a("who"))
            return self._yes_or_no(replace(part, heads=heads), people, me, intent)
        if first and first.is_a("what"):
            return self._what(replace(part, heads=(first,)), people, me, intent)
        return self._no_head(part, people, me, intent)

    def _yes_or_no(
        self, part: "Part", people: list[Mention], me: bool, intent: Intent | None
    ) -> Question:
        if intent is None:
            return NOTHING
        anything = any(phrase.is_a("any") for phrase in part.phrases)
        items = [m for m in part.mentions if m.is_item]
        if people or me:
            if anything and not items and intent is not Intent.CONTACT:
                return replace(part.question(Ask.LOAD, intent), me=me, anything=True)
            found = replace(part.question(Ask.VERIFY, intent), me=me)
            return found if found.mentions or found.whole or found.left_over else NOTHING
        somebody = any(phrase.is_a("somebody") for phrase in part.phrases)
        there_is = any(phrase.is_a("exist") for phrase in part.phrases)
        if intent is Intent.CONTACT:
            return part.question(Ask.WHO, intent) if somebody and part.mentions else NOTHING
        if somebody or there_is:
            found = part.question(Ask.EXISTS, intent)
            return found if found.mentions or found.left_over else NOTHING
        return NOTHING

    def _what(
        self, part: "Part", people: list[Mention], me: bool, intent: Intent | None
    ) -> Question:
        involved = any(phrase.is_a("involved") for phrase in part.phrases)
        if (people or me) and (intent or involved) and intent is not Intent.CONTACT:
            found = replace(part.question(Ask.LOAD, None if involved else intent), me=me)
            now = any(phrase.is_a("present") for phrase in part.phrases)
            return Question(Ask.LATER) if now else found
        noun = next((p.meaning.noun for p in part.phrases if p.meaning.noun), None)
        if noun and not people and part.mentions:
            return part.question(Ask.WHO, noun)
        return NOTHING

    def _no_head(
        self, part: "Part", people: list[Mention], me: bool, intent: Intent | None
    ) -> Question:
        """ "Kim's stages", "everything Kim owns"; "Kim owns X, right?" """
        sure = self.asked or any(
            p.is_a("agree") and self.words[p.start].pause for p in part.phrases
        )
        if len(people) == 1 and intent and sure and any(m.is_item or m.projects for m in part.mentions):
            return part.question(Ask.VERIFY, intent)
        if any(phrase.is_a("whether") and not phrase.is_a("opening") for phrase in part.phrases):
            return NOTHING
        if self._is_list(part, people, me, intent):
            involved = intent is None or any(phrase.is_a("involved") for phrase in part.phrases)
            found = replace(part.question(Ask.LOAD, None if involved else intent), me=me)
            return found if not found.left_over else NOTHING
        return NOTHING

    def _is_list(
        self, part: "Part", people: list[Mention], me: bool, intent: Intent | None
    ) -> bool:
        loads = [phrase for phrase in part.phrases if phrase.is_a("load", "involved")]
        if intent is Intent.CONTACT or not loads:
            return False
        if people:
            person = people[0]
            follows = any(phrase.start == person.end for phrase in loads)
            return follows or (intent is not None and loads[0].start < person.start)
        mine = [phrase for phrase in part.phrases if phrase.is_a("me")]
        return me and any(load.start in (mine[0].start, mine[0].end) for load in loads)


def _intent(phrases: Sequence[Phrase], head: Phrase | None) -> Intent | None:
    """The letter asked for: the first wording that tells, before any side clause."""
    told = [phrase.intent for phrase in phrases if phrase.intent]
    if not told:
        return _weak_intent(phrases, head) if head else None
    if told[0] is Intent.CONTACT:  # "whom do I ask for input on X?", "… for sign-off of X?"
        for closer in (Intent.CONSULTED, Intent.ACCOUNTABLE):
            if closer in told:
                return closer
    return told[0]


def _weak_intent(phrases: Sequence[Phrase], head: Phrase) -> Intent | None:
    """ "who is on X", "who does X", "whose is X": only straight after the asking word."""
    at = head.end
    for phrase in phrases:
        if phrase.start != at:
            continue
        if phrase.meaning.weak:
            return phrase.meaning.weak
        if not phrase.is_a("glue", "filler"):
            break
        at = phrase.end
    return head.meaning.weak


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a sentence that asks, from word `begin` up to `end`."""

    sentence: _Sentence
    all_phrases: Sequence[Phrase]
    begin: int
    end: int
    heads: tuple[Phrase, ...] = ()
    fragment: bool = False

    @property
    def words(self) -> Sequence[Word]:
        return self.sentence.words

    @property
    def phrases(self) -> list[Phrase]:
        return [p for p in self.all_phrases if p.start >= self.begin and p.end <= self.end]

    @property
    def mentions(self) -> list[Mention]:
        return [
            m for m in self.sentence.mentions if m.start >= self.begin and m.end <= self.end
        ]

    def question(self, ask: Ask, intent: Intent | None) -> Question:
        """The question, once every word is accounted for or said to be left over."""
        part = self._without_tail()
        if part._not_yet():
            return Question(Ask.LATER)
        mentions, runs = part._completed(part._runs(part._unexplained(part.mentions)))
        mentions = _main_names(mentions, self.sentence.lexicon, self.words)
        phrases = part.phrases
        return Question(
            ask,
            words=tuple(self.words),
            intent=intent,
            mentions=tuple(m for m in mentions if m.is_item or m.projects),
            people=tuple(m for m in mentions if m.people and not m.is_item and not m.projects),
            left_over=tuple(" ".join(word.surface for word in self.words[a:b]) for a, b in runs),
            refers=any(phrase.is_a("pronoun") for phrase in phrases),
            here=any(phrase.is_a("here") for phrase in phrases),
            whole=any(phrase.is_a("project") for phrase in phrases),
        )

    def with_what_came_before(self, question: Question) -> Question:
        """ "On Fraud Sentinel: who owns annotation?" – the names before the asking word count, too."""
        before = replace(self, begin=0, end=self.begin, heads=())
        left = before._unexplained(before.mentions, opening=True)
        named = [m for m in before.mentions if m.projects or m.is_item]
        if left:
            named = [m for m in named if m.projects and m.how is How.NAME and _is_placed(m, self.words)]
            if any(m.projects for m in question.mentions) or len(named) != 1:
                return question
        return replace(question, mentions=(*named, *question.mentions))

    def _without_tail(self) -> "Part":
        """Without a reason or an aside after the question: "…, I cannot find it anywhere"."""
        named = [m for m in self.mentions if m.is_item or m.projects]
        if not named or not self._unexplained(self.mentions):
            return self
        last = max(m.end for m in named)
        told = [p for p in self.phrases if p.intent]
        after = max(last, min((p.end for p in told), default=last))
        for phrase in self.phrases:
            begins = phrase.is_a("tail") or self.words[phrase.start].pause
            if phrase.start >= after and begins and not phrase.is_a("place"):
                return replace(self, end=phrase.start)
        for at in range(after, self.end):
            if self.words[at].pause and not self._place_at(at):
                return replace(self, end=at)
        return self

    def _place_at(self, at: int) -> bool:
        return any(phrase.start == at and phrase.is_a("place") for phrase in self.phrases)

    def _not_yet(self) -> bool:
        side = self._side_clause()
        return any(
            phrase.is_a(*_NOT_YET)
            and not phrase.intent
            and phrase not in self.heads
            and not phrase.is_a("glue", "filler")
            and not (phrase.start >= side and phrase.is_a("event"))
            for phrase in self.phrases
        )

    def _side_clause(self) -> int:
        """Where "when …", "before …" begins; past the end where there is none."""
        told = min((p.end for p in self.phrases if p.intent), default=self.end)
        starts = (p.start for p in self.phrases if p.is_a("clause") and p.start >= told)
        return min(starts, default=self.end)

    def _unexplained(self, mentions: Sequence[Mention], *, opening: bool = False) -> list[int]:
        """The words that neither a name nor a wording accounts for."""
        free = [True] * len(self.words)
        for mention in mentions:
            free[mention.start : mention.end] = [False] * (mention.end - mention.start)
        side = self._side_clause()
        before_names = {mention.start for mention in mentions}
        for phrase in self.phrases:
            if (
                phrase in self.heads
                or phrase.intent
                or (phrase.meaning.weak and any(head.end == phrase.start for head in self.heads))
                or phrase.is_a(*_WEIGHTLESS)
                or phrase.is_a("whether", "somebody", "exist", "load", "involved")
                or (opening and phrase.is_a("opening", "relative"))
                or (phrase.start >= side and phrase.is_a("event"))
                or (phrase.end in before_names and phrase.is_a("modifier"))
            ):
                free[phrase.start : phrase.end] = [False] * (phrase.end - phrase.start)
            elif phrase.end - phrase.start > 1 and not phrase.is_a(*_NOT_YET):
                for at in range(phrase.start, phrase.end):
                    free[at] = not self._weightless(self.words[at])
        return [at for at in range(self.begin, self.end) if free[at] and not self._by_the_way(at, side, free)]

    def _weightless(self, word: Word) -> bool:
        meaning = self.sentence.lexicon.meanings.get((word.stem,))
        return meaning is not None and not meaning.rows.isdisjoint(_WEIGHTLESS)

    def _by_the_way(self, at: int, side: int, free: Sequence[bool]) -> bool:
        """A verb in a side clause that no list has: "when annotation derails"."""
        if at <= side or free[at - 1] or (at + 1 < self.end and free[at + 1]):
            return False
        word = self.words[at].text
        before = self.words[at - 1]
        article = self.sentence.lexicon.is_function_word(before) and not any(
            p.end == at and p.is_a("clause", "whether", "me") for p in self.phrases
        )
        return word.endswith(("s", "ing", "ed", "en")) and not article

    def _runs(self, unexplained: Sequence[int]) -> list[tuple[int, int]]:
        """Neighbouring words that are left over, as spans; "of the" may lie between."""
        runs: list[tuple[int, int]] = []
        for at in unexplained:
            if runs and all(
                self.sentence.lexicon.is_function_word(word) for word in self.words[runs[-1][1] : at]
            ) and at - runs[-1][1] <= 2:
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
        return runs

    def _completed(
        self, runs: Sequence[tuple[int, int]]
    ) -> tuple[list[Mention], list[tuple[int, int]]]:
        """What is left over looked up as a name in another order, or as a part of one."""
        mentions = list(self.mentions)
        left: list[tuple[int, int]] = []
        for start, end in runs:
            found = self.sentence.finder.partly(start, end, mentions)
            if found is None:
                left.append((start, end))
                continue
            mentions = [m for m in mentions if m.end <= found.start or m.start >= found.end]
            mentions.append(found)
        return sorted(mentions, key=lambda mention: mention.start), left


def _main_names(
    mentions: Sequence[Mention], lexicon: Lexicon, words: Sequence[Word]
) -> list[Mention]:
    """Without a name that only colours another: "when the model goes live" is not about modelling."""
    items = [mention for mention in mentions if mention.is_item]

    def colours(mention: Mention) -> bool:
        stems = tuple(word.stem for word in words[mention.start : mention.end])
        meaning = lexicon.meanings.get(stems)
        return (
            mention.how is How.ROOT
            and meaning is not None
            and "modifier" in meaning.rows
            and any(other is not mention for other in items)
        )

    return [mention for mention in mentions if not colours(mention)]
