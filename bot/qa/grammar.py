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
from bot.qa.mentions import Mention
from bot.qa.names import ProjectNames
from bot.qa.view import View
from bot.qa.words import Intent, Lexicon, lexicons, real_words
from bot.text import Word


class Ask(StrEnum):
    """What kind of question it is."""

    WHO = "who"  # who holds a letter of something
    LOAD = "load"  # what somebody holds
    VERIFY = "verify"  # whether somebody holds it
    EXISTS = "exists"  # whether anybody holds it
    HELP = "help"
    ORDER = "order"  # something shall be done
    LATER = "later"  # a kind of question that is not answered yet
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Question:
    """One sentence, understood. `intent` None asks for all letters.

    `context` are projects named elsewhere in the text. `left_over` is what nothing accounts for. `refers`: it says "it";
    `here`: the project of the channel is meant; `whole`: a
    project as such; `me`: the asker is the person in question; `anything`: whether there is any.
    """

    ask: Ask
    sentence: str = ""
    words: tuple[Word, ...] = ()
    intent: Intent | None = None
    mentions: tuple[Mention, ...] = ()
    context: tuple[ProjectNames, ...] = ()
    people: tuple[Mention, ...] = ()
    left_over: tuple[str, ...] = ()
    refers: bool = False
    here: bool = False
    whole: bool = False
    me: bool = False
    anything: bool = False

    @property
    def says_something(self) -> bool:
        """Whether it names anything at all."""
        return bool(self.mentions or self.people or self.whole or self.here or self.me)

    @property
    def understood(self) -> bool:
        return self.ask in (Ask.WHO, Ask.LOAD, Ask.VERIFY, Ask.EXISTS)

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
    return [
        replace(word, text=meant, stem=text.stem(meant)) if (meant := _meant(word, lexicon, view)) else word
        for word in lexicon.in_english(words)
    ]


def _meant(word: Word, lexicon: Lexicon, view: View) -> str | None:
    if lexicon.knows(word) or word.others or not word.text.isalpha():
        return None
    near = {*lexicon.spelling.near(word.text), *lexicon.spelling.near(word.stem)}
    if not near or word.stem in real_words():
        return None
    names = view.names
    rooted = text.root(word.text)
    if rooted in names.ladder.tokens or names.people.called(word.stem) or view.knows(rooted):
        return None
    named = (
        *view.near(word.stem),
        *names.ladder.spelling.near(word.stem),
        *names.people.spelling.near(word.stem),
    )
    slips, meant = min(near, key=lambda pair: (pair[0], not lexicon.asks(pair[1]), pair[1]))
    return meant if slips < min((slips for slips, _ in named), default=9) else None
