"""A sentence in, a question out.

Nothing here is a list of sentences. A question asks for somebody ("who"), for what somebody holds
("what does Kim own"), or for a yes or no; a wording tells which letter; and **every other word must
be accounted for**: as a name that is held, or as a word without weight. A word that is left over
names something that is not held, and then nothing else is answered in its stead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot import text
from bot.qa.guide import Guide
from bot.qa.mentions import Mention, held_near, is_held
from bot.qa.names import ProjectNames
from bot.qa.past import When
from bot.qa.rule import Matched
from bot.qa.view import View
from bot.qa.words import Intent, Lexicon, lexicons, real_words
from bot.text import Word


class Ask(StrEnum):
    """What kind of question it is."""

    WHO = "who"  # who holds a letter of something
    LOAD = "load"  # what somebody holds
    VERIFY = "verify"  # whether somebody holds it
    EXISTS = "exists"  # whether anybody holds it
    TOPIC = "topic"  # another kind of question: `bot.qa.topics`
    GUIDE = "guide"  # what a word of Charter's means, or how something is done: `bot.qa.guide`
    HELP = "help"
    ORDER = "order"  # something shall be done
    LATER = "later"  # a kind of question that is not answered
    NOTHING = "nothing"


_UNDERSTOOD = (Ask.WHO, Ask.LOAD, Ask.VERIFY, Ask.EXISTS, Ask.TOPIC, Ask.GUIDE)


@dataclass(frozen=True, slots=True)
class Question:
    """One sentence, understood. `intent` None asks for all letters.

    `mentions` are the projects and items named, `context` a project named elsewhere in the text;
    `left_over` is what nothing accounts for. `here`: the project of the channel is meant; `whole`:
    a project as such; `me`: the asker is the person in question; `anything`: whether there is any;
    `when`: the time that it is asked of; `since`: since when it is so; `guide`: what is told of
    Charter itself.
    """

    ask: Ask
    sentence: str = ""
    words: tuple[Word, ...] = ()
    intent: Intent | None = None
    mentions: tuple[Mention, ...] = ()
    context: tuple[ProjectNames, ...] = ()
    people: tuple[Mention, ...] = ()
    left_over: tuple[str, ...] = ()
    here: bool = False
    whole: bool = False
    me: bool = False
    anything: bool = False
    matched: Matched | None = None
    when: When | None = None
    since: bool = False
    guide: Guide | None = None

    @property
    def says_something(self) -> bool:
        """Whether it names anything at all."""
        return bool(self.mentions or self.people or self.whole or self.here or self.me)

    @property
    def understood(self) -> bool:
        return self.ask in _UNDERSTOOD

    def said(self, mention: Mention) -> str:
        """A mention as it was typed."""
        return " ".join(word.surface for word in self.words[mention.start : mention.end])

    def instead(self, mention: Mention, name: str) -> str:
        """The sentence with another name in place of the one that was typed."""
        first, last = self.words[mention.start], self.words[mention.end - 1]
        return f"{self.sentence[: first.at]}{name}{self.sentence[last.at + len(last.surface) :]}"


NOTHING = Question(Ask.NOTHING)


def language_of(words: Sequence[Word]) -> Lexicon:
    """The language that knows most of the words; English where several do."""
    return max(lexicons(), key=lambda lexicon: sum(lexicon.knows(word) for word in words))


def corrected(words: Sequence[Word], lexicon: Lexicon, view: View) -> list[Word]:
    """Small typos in the words of a question put right ("acountable"), unless a name is nearer."""
    said = lexicon.in_english(words)
    for at, word in enumerate(said):
        if meant := _meant(said, at, lexicon, view):
            said[at] = replace(word, text=meant, stem=text.stem(meant))
    return said


def _meant(words: Sequence[Word], at: int, lexicon: Lexicon, view: View) -> str | None:
    word = words[at]
    if lexicon.knows(word) or word.others or not word.text.isalpha() or word.stem in real_words():
        return None
    near = {*lexicon.spelling.near(word.text), *lexicon.spelling.near(word.stem)}
    if not near or is_held(word, view, people=True):
        return None

    def rank(pair: tuple[int, str]) -> tuple[int, bool, bool, bool, str]:
        slips, meant = pair
        fits = _fits(words, at, meant, lexicon)
        return (slips, not fits, not lexicon.asks(meant), meant[0] != word.text[0], meant)

    slips, meant = min(near, key=rank)
    named = held_near(word, view, people=True)
    sure = _fits(words, at, meant, lexicon)
    nearer = (
        other < slips or (other == slips and not sure and text.stem(name) != text.stem(meant))
        for other, name in named
    )
    return None if any(nearer) else meant


def _fits(words: Sequence[Word], at: int, meant: str, lexicon: Lexicon) -> bool:
    """Whether a word makes a wording with its neighbours: "in charge", "working on"."""
    stem = text.stem(meant)
    before = words[at - 1].stem if at else ""
    after = words[at + 1].stem if at + 1 < len(words) else ""
    pairs = ((before, stem), (stem, after), (before, stem, after))
    return any(
        (found := lexicon.meanings.get(pair)) and (found.cue or found.noun) for pair in pairs
    )
