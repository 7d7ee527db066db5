"""The part of a sentence that asks, and whether every word in it is accounted for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.qa.grammar import Ask, Question
from bot.qa.mentions import Finder, How, Mention, is_held, is_placed
from bot.qa.words import Intent, Lexicon, Phrase
from bot.text import Word

# Rows of words that carry no meaning of their own where something is asked.
_WEIGHTLESS = (
    "glue", "filler", "light", "generic", "project", "here", "clause", "me", "any", "agree",
    "whether", "somebody", "exist", "load", "involved",
)  # fmt: skip
_NOT_YET = ("not", "past", "later", "topic", "what")
_VERB_ENDINGS = ("s", "ing", "ed", "en")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """Words `begin` up to `end` of a sentence. `heads` are its asking words."""

    finder: Finder
    names: Sequence[Mention]
    wordings: Sequence[Phrase]
    begin: int
    end: int
    heads: tuple[Phrase, ...] = ()

    @property
    def words(self) -> Sequence[Word]:
        return self.finder.words

    @property
    def lexicon(self) -> Lexicon:
        return self.finder.lexicon

    @property
    def phrases(self) -> list[Phrase]:
        return [p for p in self.wordings if p.start >= self.begin and p.end <= self.end]

    @property
    def mentions(self) -> list[Mention]:
        return [m for m in self.names if m.start >= self.begin and m.end <= self.end]

    def has(self, *rows: str) -> bool:
        return any(phrase.is_a(*rows) for phrase in self.phrases)

    def question(self, ask: Ask, intent: Intent | None) -> Question:
        """The question, once every word is accounted for or said to be left over."""
        part = self._without_tail()
        if part._is_not_yet():
            return Question(Ask.LATER)
        mentions, left = part._completed(part._runs(part._unexplained()))
        mentions = _main_names(mentions, self.lexicon, self.words)
        return Question(
            ask,
            words=tuple(self.words),
            intent=intent,
            mentions=tuple(m for m in mentions if m.is_thing),
            people=tuple(m for m in mentions if m.people and not m.is_thing),
            left_over=tuple(self._said(range(*self._whole_name(run))) for run in left),
            here=part.has("here"),
            whole=part.has("project"),
        )

    def _said(self, places: Sequence[int]) -> str:
        return " ".join(self.words[at].surface for at in places)

    def _whole_name(self, run: Span) -> Span:
        """A run with the names beside it: in "the search ads" not only "ads" is unknown."""
        start, end = run
        for mention in sorted(self.mentions, key=lambda mention: mention.start):
            if mention.start == end:
                end = mention.end
        for mention in sorted(self.mentions, key=lambda mention: -mention.start):
            if mention.end == start:
                start = mention.start
        return start, end

    def with_what_came_before(self, question: Question) -> Question:
        """The names before the asking word count, too: "On Fraud Sentinel: who owns annotation?".

        If there are words among them that nothing explains, only a project does that is named as
        the place of something; "it" alone may be an item that was named there.
        """
        before = replace(self, begin=0, end=self.begin, heads=())
        left = before._unexplained(in_front=True)
        named = [mention for mention in before.mentions if mention.is_thing]
        if not left:
            return replace(question, mentions=(*named, *question.mentions))
        if not question.says_something:
            if any(mention.is_item for mention in named):
                return replace(question, mentions=tuple(named))
            return replace(question, left_over=(self._said(left),)) if named else question
        placed = [m for m in named if m.projects and m.how is How.NAME and is_placed(m, self.words)]
        if len(placed) != 1 or any(mention.projects for mention in question.mentions):
            return question
        return replace(question, mentions=(*placed, *question.mentions))

    # --- what does not belong to the question --------------------------------------------------

    def _without_tail(self) -> "Part":
        """Without a reason or an aside after the question: "…, I cannot find it anywhere"."""
        named = [mention.end for mention in self.mentions if mention.is_thing]
        if not named or not self._unexplained():
            return self
        told = min((phrase.end for phrase in self.phrases if phrase.intent), default=0)
        first = max(*named, told)
        places = {phrase.start for phrase in self.phrases if phrase.is_a("place")}
        tails = {phrase.start for phrase in self.phrases if phrase.is_a("tail")}
        for at in range(first, self.end):
            if (at in tails or self.words[at].pause) and at not in places:
                return replace(self, end=at)
        return self

    def _side_clause(self) -> int:
        """Where "when …", "before …" begins; past the end where there is none."""
        told = min((phrase.end for phrase in self.phrases if phrase.intent), default=self.end)
        starts = (p.start for p in self.phrases if p.is_a("clause") and p.start >= told)
        return min(starts, default=self.end)

    def _is_not_yet(self) -> bool:
        """Whether it asks for what was, for what is missing, or for something else altogether."""
        side = self._side_clause()
        return any(
            phrase.is_a(*_NOT_YET)
            and not phrase.intent
            and phrase not in self.heads
            and not phrase.is_a("glue", "filler")
            and not (phrase.start >= side and phrase.is_a("event"))
            for phrase in self.phrases
        )

    # --- what is left over ------------------------------------------------------------------------

    def _unexplained(self, *, in_front: bool = False) -> list[int]:
        """The words that neither a name nor a wording accounts for."""
        free = [True] * len(self.words)
        for mention in self.mentions:
            free[mention.start : mention.end] = [False] * (mention.end - mention.start)
        side = self._side_clause()
        for phrase in self.phrases:
            if self._explains(phrase, side, in_front=in_front):
                free[phrase.start : phrase.end] = [False] * (phrase.end - phrase.start)
            elif not phrase.is_a(*_NOT_YET):
                for at in range(phrase.start, phrase.end):
                    free[at] = not self.lexicon.means(self.words[at], *_WEIGHTLESS)
        return [
            at
            for at in range(self.begin, self.end)
            if free[at] and not self._is_by_the_way(at, side, free)
        ]

    def _explains(self, phrase: Phrase, side: int, *, in_front: bool) -> bool:
        """Whether a wording has its place here, so that its words are no name."""
        if phrase in self.heads or phrase.intent or phrase.is_a(*_WEIGHTLESS):
            return True
        if in_front and phrase.is_a("opening", "relative"):
            return True
        if phrase.start >= side and phrase.is_a("event"):
            return True
        if phrase.is_a("modifier") and any(m.start == phrase.end for m in self.mentions):
            return True
        follows = any(head.end == phrase.start for head in self.heads)
        return follows and phrase.meaning.weak is not None

    def _is_by_the_way(self, at: int, side: int, free: Sequence[bool]) -> bool:
        """A verb in a side clause that no row has: "when annotation derails"."""
        if at <= side or free[at - 1] or (at + 1 < self.end and free[at + 1]):
            return False
        word, before = self.words[at], self.words[at - 1]
        named = self.lexicon.is_function_word(before) and not any(
            phrase.end == at and phrase.is_a("clause", "whether", "me") for phrase in self.phrases
        )
        verb = word.text.endswith(_VERB_ENDINGS) and not named
        return verb and not is_held(word, self.finder.view, people=False)

    def _runs(self, unexplained: Sequence[int]) -> list[Span]:
        """Neighbouring words that are left over, as spans; "of the" may lie between."""
        runs: list[Span] = []
        for at in unexplained:
            start, end = runs[-1] if runs else (-9, -9)
            between = self.words[max(end, 0) : at]
            if at - end <= 2 and all(map(self.lexicon.is_function_word, between)):
                runs[-1] = (start, at + 1)
            else:
                runs.append((at, at + 1))
        return runs

    def _completed(self, runs: Sequence[Span]) -> tuple[list[Mention], list[Span]]:
        """What is left over looked up as a name in another order, or as a part of one."""
        mentions = list(self.mentions)
        left: list[Span] = []
        for start, end in runs:
            found = self.finder.partly(start, end, mentions)
            if found is None or self._is_compound(found, mentions):
                left.append((start, end))
                continue
            mentions = [m for m in mentions if m.end <= found.start or m.start >= found.end]
            mentions.append(found)
        return sorted(mentions, key=lambda mention: mention.start), left

    @staticmethod
    def _is_compound(found: Mention, mentions: Sequence[Mention]) -> bool:
        """Whether a part of a name stands beside another item: "the vitals screen" is neither."""
        beside = (
            m for m in mentions if m.is_item and (m.end == found.start or m.start == found.end)
        )
        return found.how is How.PART and any(beside)


def _main_names(
    mentions: Sequence[Mention], lexicon: Lexicon, words: Sequence[Word]
) -> list[Mention]:
    """Without what only colours another name.

    "When the model goes live" is not about modelling, and "labelling questions" not about a
    question bank.
    """
    items = [mention for mention in mentions if mention.is_item]

    def colours(mention: Mention) -> bool:
        if mention.end - mention.start > 1 or len(items) < 2:
            return False
        word = words[mention.start]
        follows = any(other.end == mention.start for other in items)
        return (mention.how is How.ROOT and lexicon.means(word, "modifier")) or (
            follows and lexicon.means(word, "generic")
        )

    return [mention for mention in mentions if not colours(mention)]
