"""A text in, the questions of its sentences out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from bot import text
from bot.qa import guide, past
from bot.qa.clauses import clauses
from bot.qa.grammar import NOTHING, Ask, Question, corrected, language_of
from bot.qa.mentions import Finder, How, Mention, is_held, is_placed
from bot.qa.names import ProjectNames
from bot.qa.rule import Form, Matched, Reading, Rule
from bot.qa.sentence import Sentence
from bot.qa.times import Lead
from bot.qa.topics import HELD, OF_A_TIME, THEN, matched
from bot.qa.view import View
from bot.qa.words import Intent, Lexicon, Phrase
from bot.text import Word

_CONSIDERED = 2_000  # characters of a text that are read
_LONG = 600  # characters of one sentence of a long text
_AROUND = 6  # sentences before a question that may tell its project


def questions(plain: str, view: View) -> list[Question]:
    """What each sentence of a text asks, or each half of one that asks twice; of a long text, the
    sentences that may be questions.
    """
    return [question for _, question in read_all(plain, view)]


def read_all(plain: str, view: View) -> list[tuple[str, Question]]:
    """The same sentences and halves, each with what it asks."""

    @cache  # to tell whether a sentence asks twice, it and its halves are read as well
    def once(sentence: str) -> Question:
        return read(sentence, view)

    said = text.sentences(plain)
    if len(plain) > _CONSIDERED:
        said = _promising(said)
    said = [one for sentence in said for one in clauses(sentence, once)]
    return [
        (sentence, _in_context(one, said[:number], said[number + 1 :], view))
        if (one := once(sentence)).understood
        else (sentence, one)
        for number, sentence in enumerate(said)
    ]


def read(sentence: str, view: View) -> Question:
    """What a sentence asks; `Ask.NOTHING` where it asks nothing that is known."""
    words = text.words(sentence)
    if not words:
        return NOTHING
    lexicon = language_of(words)
    if (told := _of_charter(words, lexicon, view)) is not None:
        return Question(Ask.GUIDE, sentence, tuple(words), whole=True, guide=told)
    asked = sentence.rstrip(" \"'”’»)").endswith(("?", "？"))
    thens = past.readings(sentence, lexicon.language)
    if (then := _of_the_past(sentence, thens, lexicon, view, asked=asked)) is not None:
        return then
    if (due := _of_days_to_come(sentence, thens, lexicon, view, asked=asked)) is not None:
        return due
    words = corrected(words, lexicon, view)
    found = _for_letters(words, lexicon, view, asked=asked)
    unread = found.ask in (Ask.NOTHING, Ask.LATER)
    listed = found.ask is Ask.LOAD and not found.mentions  # "all runs by Kim"
    if unread or found.left_over or found.ask is Ask.ORDER or listed:
        raw = lexicon.in_english(text.words(sentence))
        match = matched(sentence, raw, view, lexicon.language, asked=asked)
        if match and (unread or _is_clearer(match, found)):
            return _of_topic(match, sentence)
    return _not_yet(words, lexicon) if unread else replace(found, sentence=sentence)


def _of_charter(words: Sequence[Word], lexicon: Lexicon, view: View) -> guide.Guide | None:
    """What words ask of Charter itself: what is meant by a word of its own, or a way to do it."""

    def named() -> list[bool]:
        found = Finder(words, view, lexicon, people=True).mentions()
        return [any(one.start <= at < one.end for one in found) for at in range(len(words))]

    return guide.asked(words, lambda word: is_held(word, view, people=True), named)


def _for_letters(words: Sequence[Word], lexicon: Lexicon, view: View, *, asked: bool) -> Question:
    """What words ask about who holds a letter, or what somebody holds."""
    found = Sentence(*_named(Finder(words, view, lexicon)), asked).without_people()
    if found.ask is not Ask.NOTHING:
        return found
    finder = Finder(words, view, lexicon, people=True)
    return Sentence(*_named(finder), asked).with_people()


def _of_the_past(
    sentence: str, thens: Iterable[past.Then], lexicon: Lexicon, view: View, *, asked: bool
) -> Question | None:
    """A question for who held a letter at another time, or for what changed then."""
    partly: Question | None = None
    if rest := past.since_when(sentence, lexicon.language):
        found = _for_letters(corrected(rest, lexicon, view), lexicon, view, asked=True)
        if found.ask is Ask.VERIFY and found.says_something and not found.left_over:
            return replace(found, sentence=sentence, since=True)
    for then in thens:
        words = corrected(then.words, lexicon, view)
        names_somebody = any(lexicon.means(word, "who") for word in words)
        if then.was or (then.is_told_as_past and not names_somebody):
            found = _for_letters(words, lexicon, view, asked=asked)
            asks = found.ask in (Ask.WHO, Ask.VERIFY) or _asks_what_was_held(found, then)
            if asks and found.says_something and not found.left_over:
                return _of_then(found, then.when, sentence)
            if asks and found.left_over and partly is None:
                partly = _of_then(found, then.when, sentence)
        if (change := _of_change(then, sentence, lexicon, view, asked=asked)) is not None:
            return change
    return partly


def _asks_what_was_held(found: Question, then: past.Then) -> bool:
    """ "What did Kim own in March?"; what somebody worked on yesterday is told in standups."""
    does = found.intent is Intent.RESPONSIBLE
    literally = any(word.stem == "responsible" for word in then.words)
    return found.ask is Ask.LOAD and found.intent is not None and (literally or not does)


def _of_change(
    then: past.Then, sentence: str, lexicon: Lexicon, view: View, *, asked: bool
) -> Question | None:
    """A question for what changed in a time that is said."""
    if then.when.said is None and then.when.lead is not Lead.SINCE:
        return None
    raw = lexicon.in_english(text.words(then.rest))
    match = matched(then.rest, raw, view, lexicon.language, asked=asked)
    if match is None or match.topic not in OF_A_TIME or match.reading.left or not match.rule.needs:
        return None
    return replace(_of_topic(match, sentence), when=then.when)


def _of_days_to_come(
    sentence: str, thens: Iterable[past.Then], lexicon: Lexicon, view: View, *, asked: bool
) -> Question | None:
    """A question for what is due in a time that is said: "this week", "by Friday"."""
    for then in thens:
        if then.when.said is None:
            continue
        raw = lexicon.in_english(text.words(then.rest))
        match = matched(then.rest, raw, view, lexicon.language, asked=asked, timed=True)
        if match is not None and not match.reading.left:
            return replace(_of_topic(match, sentence), when=then.when)
    return None


def _of_then(found: Question, when: past.When, sentence: str) -> Question:
    form = Form.WHETHER if found.ask is Ask.VERIFY or found.anything else Form.ASKING
    mentions = (*found.mentions, *found.people)
    reading = Reading(form, found.words, mentions, (), (), asked=True, here=found.here)
    name = HELD if found.ask is Ask.LOAD else THEN
    topic = Matched(name, Rule(form.value, ()), reading)
    return replace(found, ask=Ask.TOPIC, sentence=sentence, matched=topic, when=when)


def _is_clearer(match: Matched, found: Question) -> bool:
    """Whether a topic explains all of a sentence of which the question for a letter leaves words;
    and of what may be an order ("open PRs"), whether it is none.
    """
    whole = not match.reading.left or match.rule.open
    if found.ask is Ask.LOAD and not found.left_over:
        return not match.reading.left and match.reading.lists_evidence
    return whole and (found.ask is not Ask.ORDER or match.reading.is_noun_phrase)


def _of_topic(match: Matched, sentence: str) -> Question:
    reading = match.reading
    return Question(
        Ask.TOPIC,
        sentence,
        reading.words,
        mentions=tuple(mention for mention in reading.mentions if mention.is_thing),
        people=reading.people,
        left_over=()
        if match.rule.open
        else tuple(map(reading.said, [[at] for at in reading.left])),
        here=reading.here,
        whole=True,
        matched=match,
    )


def _named(finder: Finder) -> tuple[Finder, list[Mention]]:
    """The names in a sentence.

    Beside a name or "I", a job title is none ("is Kim the annotation lead of X?"); and no name is
    only a part of a saying.
    """
    found = finder.mentions()
    if any(mention.by_job for mention in found):
        named = any(mention.people and not mention.by_job for mention in found)
        if named or any(finder.lexicon.means(word, "me") for word in finder.words):
            finder = replace(finder, jobs=False)
            found = finder.mentions()
    sayings = [
        phrase
        for phrase in finder.lexicon.phrases(finder.words, [False] * len(finder.words))
        if phrase.is_a("opening") and phrase.end - phrase.start > 1
    ]
    return finder, [mention for mention in found if not _is_part_of(mention, sayings)]


def _is_part_of(mention: Mention, sayings: Iterable[Phrase]) -> bool:
    """Whether a name is only a part of a saying: the "idea" in "any idea who owns X?"."""
    length = mention.end - mention.start
    return any(
        phrase.start <= mention.start
        and mention.end <= phrase.end
        and length < phrase.end - phrase.start
        for phrase in sayings
    )


def _not_yet(words: Sequence[Word], lexicon: Lexicon) -> Question:
    """Whether a sentence that is no question of ours is one of those that will be."""
    rows = {
        row
        for phrase in lexicon.phrases(words, [False] * len(words))
        for row in phrase.meaning.rows
    }
    asks = rows & {"who", "what", "whether"}
    return Question(Ask.LATER) if asks and rows & {"topic", "not", "past"} else NOTHING


# --- long texts, and what the sentences around a question tell ------------------------------------


def _promising(said: Iterable[str]) -> list[str]:
    """The sentences that end with a question mark or hold an asking word, up to a limit."""
    kept: list[str] = []
    room = _CONSIDERED
    for whole in said:
        sentence = whole if len(whole) <= _LONG else whole[-_LONG:].partition(" ")[2]
        if room >= len(sentence) and (sentence.endswith(("?", "？")) or _may_ask(sentence)):
            kept.append(sentence)
            room -= len(sentence)
    return kept


def _may_ask(sentence: str) -> bool:
    words = text.words(sentence)
    phrases = language_of(words).phrases(words, [False] * len(words))
    return any(phrase.is_a("who") for phrase in phrases)


def _in_context(
    question: Question, before: Sequence[str], after: Sequence[str], view: View
) -> Question:
    """A question with what the sentences around it tell: the project, or what "it" is."""
    if question.left_over or any(m.projects for m in question.mentions) or len(before) > _AROUND:
        return question
    if not question.says_something and before:
        words, mentions = _names_in(before[-1], view)
        if any(mention.is_item for mention in mentions) or _is_subject(mentions, words):
            return replace(question, words=tuple(words), mentions=tuple(mentions))
        return question
    named: dict[int, ProjectNames] = {}
    for sentence in (*before, *after[:2]):
        words, mentions = _names_in(sentence, view)
        for mention in mentions:
            if len(mention.projects) == 1 and not mention.is_item and is_placed(mention, words):
                named[mention.projects[0].project_id] = mention.projects[0]
    return replace(question, context=tuple(named.values())) if len(named) == 1 else question


def _names_in(sentence: str, view: View) -> tuple[Sequence[Word], list[Mention]]:
    words = text.words(sentence)
    lexicon = language_of(words)
    words = lexicon.in_english(words)
    found = Finder(words, view, lexicon).mentions()
    return words, [mention for mention in found if mention.how is How.NAME]


def _is_subject(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    """Whether a sentence is about a project: "Churn Radar is stuck", not "the bill for churn"."""
    if not mentions or mentions[0].start > 1 or mentions[0].end >= len(words):
        return False
    return language_of(words).is_function_word(words[mentions[0].end])
