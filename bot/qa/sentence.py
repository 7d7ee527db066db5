"""Which kind of question a sentence is, once its names are found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.qa.grammar import NOTHING, Ask, Question
from bot.qa.mentions import Finder, How, Mention
from bot.qa.part import Part
from bot.qa.words import Intent, Lexicon, Phrase
from bot.text import Word

_HELD = (Intent.OWNER, Intent.ACCOUNTABLE, Intent.RESPONSIBLE)


def in_front(phrases: Iterable[Phrase], *rows: str) -> int:
    """Where the wordings of these rows in front of a sentence end."""
    at = 0
    for phrase in phrases:
        if phrase.start != at or not phrase.is_a(*rows) or phrase.is_a("load"):
            break
        at = phrase.end
    return at


def is_several(word: Word) -> bool:
    """Whether a word has the ending of a plural: "runs" and "reviews" tell nobody to do so."""
    return word.text.endswith("s") and not word.text.endswith("ss")


@dataclass(slots=True)
class Sentence:
    """The words of a sentence with the names in them. `asked`: it ends with a question mark."""

    finder: Finder
    mentions: list[Mention]
    asked: bool
    phrases: list[Phrase] = field(init=False)

    def __post_init__(self) -> None:
        self._find_phrases()

    def _find_phrases(self) -> None:
        taken = [False] * len(self.words)
        for mention in self.mentions:
            taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
        self.phrases = list(self.lexicon.phrases(self.words, taken))

    @property
    def words(self) -> Sequence[Word]:
        return self.finder.words

    @property
    def lexicon(self) -> Lexicon:
        return self.finder.lexicon

    @property
    def _begin(self) -> int:
        """Where greetings and requests end."""
        return in_front(self.phrases, "opening", "filler")

    def _part(self, begin: int, *heads: Phrase) -> Part:
        return Part(self.finder, self.mentions, self.phrases, begin, len(self.words), heads)

    # --- nobody is named: "who owns X?", "X owner?", "help" --------------------------------------

    def without_people(self) -> Question:
        """A question for somebody, an order, or a call for help."""
        stems = tuple(word.stem for word in self.words)
        if not self.lexicon.help.isdisjoint((stems, stems[self._begin :])):
            return Question(Ask.HELP)
        if self._is_order():
            return Question(Ask.ORDER)
        found, sure = self._for_somebody()
        if sure or not self._give_up_name():
            return found
        other, sure = self._for_somebody()
        better = sure and any(mention.is_thing for mention in other.mentions)
        return other if better or found.ask is Ask.NOTHING else found

    def _is_order(self) -> bool:
        """Something shall be done, nothing is asked: "assign …", "can you make …"."""
        begin = self._begin
        first = next((phrase for phrase in self.phrases if phrase.start == begin), None)
        if first is None:  # "mark X as done", where there is a stage called Marking
            near = any(one.start == begin and one.how < How.NAME for one in self.mentions)
            return near and self._commands(begin)
        asks = any(phrase.is_a("who") for phrase in self.phrases) and not first.is_a("verbatim")
        tells = first.is_a("act") and self._commands(begin)
        return tells and not first.meaning.noun and not asks

    def _commands(self, at: int) -> bool:
        word = self.words[at]
        return self.lexicon.means(word, "act") and not is_several(word)

    def _give_up_name(self) -> bool:
        """Reads the first name that is a wording, too ("sign-off"), as that; whether there is."""
        for mention in self.mentions:
            if self.lexicon.intent(self.words[mention.start : mention.end]):
                self.mentions = [other for other in self.mentions if other is not mention]
                self._find_phrases()
                return True
        return False

    def _for_somebody(self) -> tuple[Question, bool]:
        """The question, and whether a wording of its own tells the letter, or nearly so."""
        heads = [phrase for phrase in self.phrases if phrase.is_a("who")]
        if not heads:
            found = self._fragment()
            return found, found.ask is not Ask.NOTHING
        head = heads[-1]
        if self._asks_whether(head) or not self._asks(head):
            return NOTHING, False
        after = [phrase for phrase in self.phrases if phrase.start >= head.start]
        before = [phrase for phrase in self.phrases if phrase.start < head.start]
        told = _intent(after)
        weak = told or _weak_intent(after, head)
        if weak is None and (intent := _intent(before)):  # "the owner of X is who?"
            return self._part(0, head).question(Ask.WHO, intent), True
        intent = weak or self._as_verb(after, head)
        if intent is None:
            return NOTHING, False
        part = self._part(head.start, head)
        question = part.question(Ask.WHO, intent)
        if len(heads) > 1 and (also := self._asked_before(heads[-2], head, intent)):
            mentions = (*also.mentions, *question.mentions)
            left = (*also.left_over, *question.left_over)
            return replace(question, mentions=mentions, left_over=left), True
        if question.understood:
            question = part.with_what_came_before(question)
        beside = any(mention.start == head.end for mention in self.mentions)  # "whose sign-off …"
        return question, told is not None or (weak is not None and not beside)

    def _asked_before(self, first: Phrase, head: Phrase, intent: Intent) -> Question | None:
        """What the same is asked of in front: "who owns X and who owns Y?"."""
        told = [one for one in self.phrases if first.start <= one.start and one.end <= head.start]
        if not told or (_intent(told) or _weak_intent(told, first)) is not intent:
            return None
        part = replace(self._part(first.start, first), end=head.start)
        found = part.question(Ask.WHO, intent)
        return found if found.mentions else None

    def _asks_whether(self, head: Phrase) -> bool:
        """ "is it Kim who owns X?" asks for a yes or no; "could you tell me who …" does not."""
        start = self._begin
        before = [phrase for phrase in self.phrases if start <= phrase.start < head.start]
        told = any(
            phrase.is_a("embed") or (phrase.is_a("opening") and phrase.start > start)
            for phrase in before
        )
        return not told and any(p.start == start and p.is_a("whether") for p in before)

    def _asks(self, head: Phrase) -> bool:
        """Whether the asking word asks: it does not in "thanks to everyone who helped"."""
        before = [phrase for phrase in self.phrases if phrase.end <= head.start]
        if head.start == 0:
            return True
        if not self.asked and any(phrase.is_a("statement") for phrase in before):
            return False
        last = [phrase for phrase in before if phrase.end == head.start]
        if any(phrase.is_a("opening", "embed") for phrase in last):
            return True
        if any(phrase.is_a("relative") for phrase in last):
            return False
        if self.asked or self.words[head.start].pause:
            return True
        return all(phrase.is_a("opening", "glue", "filler", "who") for phrase in before)

    def _as_verb(self, phrases: Sequence[Phrase], head: Phrase) -> Intent | None:
        """The item is what somebody does: "who is deploying X?", "who monitors X?"."""
        at = head.end
        for phrase in phrases:
            if phrase.start == at and phrase.is_a("glue", "filler"):
                at = phrase.end
        named = any(mention.start == at and mention.is_item for mention in self.mentions)
        verb = named and self.words[at].text.endswith(("s", "ing"))
        return Intent.RESPONSIBLE if verb else None

    def _fragment(self) -> Question:
        """No verb, and no word too many: "pipeline owner?", "contact for the feature store"."""
        part = self._part(self._begin)
        noun = next((p.meaning.noun for p in part.phrases if p.meaning.noun), None)
        verb = any(p.is_a("whether", "what", "me") and not p.intent for p in part.phrases)
        if noun is None or verb:
            return NOTHING
        found = part.question(Ask.WHO, noun)
        meant = self.asked or part.begin > 0 or not found.left_over
        return found if meant and (found.mentions or found.whole) else NOTHING

    # --- somebody is named: "what does Kim own?", "is Kim the owner of X?" -----------------------

    def with_people(self) -> Question:
        """What somebody holds, or whether they do."""
        part = self._part(self._begin)
        who = [mention for mention in part.mentions if mention.people and not mention.is_thing]
        first = next((phrase for phrase in part.phrases if phrase.start == part.begin), None)
        last = next((phrase for phrase in part.phrases if phrase.end == part.end), None)
        if first and first.is_a("whether") and (who or not first.is_a("opening")):
            heads = [phrase for phrase in part.phrases if phrase.is_a("who")]
            heads += [p for p in part.phrases if p.start == first.end and self._is_contracted(p)]
            return self._yes_or_no(replace(part, heads=tuple(heads)), who)
        for asking in (first, last):  # "what does Kim own?", "Kim owns what?"
            if asking and asking.is_a("what"):
                return self._what(replace(part, heads=(asking,)), who)
        return self._statement(part, who)

    def _is_contracted(self, phrase: Phrase) -> bool:
        """The "not" of "isn't Kim the owner?", which asks the same as "is Kim the owner?"."""
        word, before = self.words[phrase.start], self.words[phrase.start - 1]
        return phrase.is_a("not") and word.at == before.at

    def _yes_or_no(self, part: Part, who: list[Mention]) -> Question:
        intent = _intent(part.phrases)
        if intent is None:
            return NOTHING
        me = not who and part.has("me")
        if me and part.has("somebody") and intent in _HELD:
            return NOTHING  # "do I need to run it by anyone?" does not ask who runs it
        if who or me:
            items = any(mention.is_item for mention in part.mentions)
            if part.has("any") and not items and intent is not Intent.CONTACT:
                return replace(part.question(Ask.LOAD, intent), me=me, anything=True)
            found = replace(part.question(Ask.VERIFY, intent), me=me)
            return found if found.mentions or found.whole or found.left_over else NOTHING
        if intent is Intent.CONTACT:  # "can I talk to anyone about X?"
            asks = part.has("somebody") and part.mentions
            return part.question(Ask.WHO, intent) if asks else NOTHING
        if not part.has("somebody", "exist"):
            return NOTHING
        found = part.question(Ask.EXISTS, intent)
        return found if found.mentions or found.left_over else NOTHING

    def _what(self, part: Part, who: list[Mention]) -> Question:
        intent, me = _intent(part.phrases), not who and part.has("me")
        if intent is None and who and not part.has("past", "later"):
            intent = self._does(part, who[0])
        if (who or me) and (intent or part.has("involved")) and intent is not Intent.CONTACT:
            if part.has("present"):  # "what is Kim working on?" is for standups
                return Question(Ask.LATER)
            return self._load(part, intent, me=me)
        if not intent and self._is_list(part, who, intent, me=me):  # "what are Kim's stages?"
            found = self._load(part, intent, me=me)
            return found if not found.left_over else NOTHING
        noun = next((p.meaning.noun for p in part.phrases if p.meaning.noun), None)
        if noun and part.mentions and not who:
            return part.question(Ask.WHO, noun)
        if intent and not who and intent is not Intent.CONTACT:  # "what does Nobody-We-Know own?"
            found = part.question(Ask.LOAD, intent)
            return found if found.left_over else NOTHING
        return NOTHING

    @staticmethod
    def _does(part: Part, who: Mention) -> Intent | None:
        """ "what does Kim do?" asks for work as "who does X?" does."""
        last = part.phrases[-1] if part.phrases else None
        ends = last is not None and last.start == who.end and last.end == part.end
        return last.meaning.weak if ends and last and not last.is_a("present") else None

    @staticmethod
    def _load(part: Part, intent: Intent | None, *, me: bool) -> Question:
        """All letters, as in "what is Kim involved in?", unless one is told beside it."""
        told = any(phrase.intent and not phrase.is_a("involved") for phrase in part.phrases)
        every = part.has("involved") and not told
        return replace(part.question(Ask.LOAD, None if every else intent), me=me)

    def _statement(self, part: Part, who: list[Mention]) -> Question:
        """ "Kim owns X, right?"; and "Kim's stages", "everything Kim owns"."""
        intent, me = _intent(part.phrases), not who and part.has("me")
        agree = any(p.is_a("agree") and self.words[p.start].pause for p in part.phrases)
        named = any(mention.is_thing for mention in part.mentions)
        if len(who) == 1 and intent and named and (self.asked or agree):
            return part.question(Ask.VERIFY, intent)
        verbs = [p for p in part.phrases if p.is_a("whether") and not p.is_a("opening")]
        verb = bool(verbs) and not self._is_relative(part, who, verbs)
        if verb or not self._is_list(part, who, intent, me=me):
            return NOTHING
        found = self._load(part, intent, me=me)
        return NOTHING if found.left_over else found

    def _is_relative(self, part: Part, who: list[Mention], verbs: Sequence[Phrase]) -> bool:
        """ "everything that Kim is accountable for": the only verb is that of the clause."""
        rows = [phrase for phrase in part.phrases if phrase.is_a("load")]
        if not (who and rows) or rows[0].start > who[0].start or len(verbs) > 1:
            return False
        told = max((phrase.end for phrase in part.phrases if phrase.intent), default=0)
        after = self.words[told : part.end]
        return verbs[0].start == who[0].end and not any(
            self.lexicon.means(word, "whether") for word in after
        )

    @staticmethod
    def _is_list(part: Part, who: list[Mention], intent: Intent | None, *, me: bool) -> bool:
        """Whether rows are meant, and whose: "my work", "Kim's stages", "all that Kim owns"."""
        rows = [phrase for phrase in part.phrases if phrase.is_a("load", "involved")]
        if intent is Intent.CONTACT or not rows:
            return False
        if who:
            follows = any(phrase.start == who[0].end for phrase in rows)
            return follows or (intent is not None and rows[0].start < who[0].start)
        mine = next((phrase for phrase in part.phrases if phrase.is_a("me")), None)
        if not me or mine is None:
            return False
        told = intent is not None and rows[0].end == mine.start  # "everything I own"
        return told or any(phrase.start in (mine.start, mine.end) for phrase in rows)


def _intent(phrases: Sequence[Phrase]) -> Intent | None:
    """The letter asked for: the first wording that tells."""
    told = [phrase.intent for phrase in phrases if phrase.intent]
    if told and told[0] is Intent.CONTACT:  # "whom do I ask for input on X?", "… for sign-off?"
        closer = (intent for intent in (Intent.CONSULTED, Intent.ACCOUNTABLE) if intent in told)
        return next(closer, told[0])
    return told[0] if told else None


def _weak_intent(phrases: Sequence[Phrase], head: Phrase) -> Intent | None:
    """Wordings straight after the asking word: "who is on X", "who does X", "whose is X"."""
    at = head.end
    if head.meaning.weak and head.end - head.start > 1:  # "where does the buck stop on X"
        return head.meaning.weak
    for phrase in phrases:
        if phrase.start != at:
            continue
        if phrase.meaning.weak:
            return phrase.meaning.weak
        if not phrase.is_a("glue", "filler"):
            break
        at = phrase.end
    return head.meaning.weak
