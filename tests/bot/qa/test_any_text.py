"""Whatever is typed, as a question or after one: a short answer without a ping, in bounded work."""

from dataclasses import replace
from types import FunctionType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.qa.answer import answer
from bot.qa.facts import Facts
from bot.qa.follow import completed
from bot.qa.replies import Answer
from bot.qa.times import Times
from bot.qa.wording import LONGEST
from tests.bench.many import Many
from tests.bot.qa.tables import world
from tests.support.counting import calls

ODD = st.sampled_from(
    ["<!channel>", "<!here>", "<@U0ELIF>", "<#C01|x>", "<!subteam^S1|@all>", "<https://x.example|y>",
     "&lt;!channel&gt;", "`", "```", ">", "> ", "*b*", "_", "~", "\ud800", "\udfff", "\u202e",
     "\u2066", "\u200b", "\u200d", "\ufeff", "\x00", "אבג", "עברית?", "谁负责", "🔥", "\n\n", "?",
     "? ", "gust", "blade", "icing", "and", "and for", "since when?"]
)  # fmt: skip
TEXT = st.one_of(
    st.text(st.characters(), max_size=60), st.lists(ODD, max_size=6).map("".join),
    st.lists(ODD, max_size=6).map(" ".join),
)  # fmt: skip
KINDS = (
    "{}", "who owns {} in {}?", "who is accountable for {}?", "is {} the owner of {}?",
    "what does {} own?", "is {} in scope of {}?", "status of {}", "when is {} due?",
    "what is overdue in {}?", "is {} blocked?", "any blockers in {}?", "target of {} in {}?",
    "PRs of {}", "is PR {} approved?", "which runs of {} failed?", "best run by {}",
    "what did {} say in the standup?", "which stages of {} have no owner?",
    "who changed {} last?", "what changed since {}?", "who owned {} on {}?", "who acts for {}?",
    "what does a {} do?", "make {} the owner of {}", "what is due {}?",
    "who owns {}? when is {} due? and {}?",
)  # fmt: skip
MARKS = ("<!", "<@", "<#", "<http", "\ud800", "\udfff")
LONG = 50_000


def _whole(found: Answer) -> list[str]:
    """All that is told or offered to be pressed."""
    each = [one for part in found.parts for one in _whole(part.answer)]
    return [found.text, *each]


def _is_plain(found: Answer) -> None:
    assert str(found.kind) in ("answer", "clarify", "no_owner", "unknown")
    for said in _whole(found):
        assert 0 < len(said) <= LONGEST == 1_200
        assert not any(mark in said for mark in MARKS), said
        said.encode()


def _filled(wording: str, said: list[str]) -> str:
    return wording.format(*(said * 3))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(KINDS), st.lists(TEXT, min_size=1, max_size=3), st.booleans())
def test_any_text_in_any_kind_of_question_gets_a_plain_answer(
    wording: str, said: list[str], in_channel: bool
) -> None:
    facts = world("grid").facts("elif", "gust" if in_channel else None)
    _is_plain(answer(_filled(wording, said), facts))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(KINDS), TEXT, TEXT)
def test_any_text_after_a_question_gets_a_plain_answer(wording: str, said: str, more: str) -> None:
    facts = world("grid").facts("elif")
    for before in (_filled(wording, [said]), "who owns icing in gust?"):
        whole = completed(more, before, facts.view)
        _is_plain(answer(whole or more, facts))


# --- bounded work ---------------------------------------------------------------------------------


def _ask(question: str, facts: Facts) -> int:
    answer(question, facts)  # what is read once, is
    return calls(lambda: answer(question, facts)).total()


@pytest.mark.parametrize(
    "piece",
    ["a", "who ", "who owns icing in gust? ", "<!channel>", "\u202e", "\ud800", "谁", "`", ">",
     "icing and ", "blade-", "pr 12 "],
)  # fmt: skip
def test_fifty_thousand_characters_take_bounded_work(piece: str) -> None:
    facts = world("grid").facts("elif")
    long = (piece * LONG)[:LONG]
    _is_plain(answer(long, facts))
    assert calls(lambda: answer(long, facts)).total() < 20 * LONG


@pytest.mark.parametrize(
    ("question", "sentences"),
    [("who owns icing?", 1), ("what is due in gust this week?", 1),
     ("since Monday, what changed in gust?", 1), ("who owns icing? when is it due?", 2)],
)  # fmt: skip
def test_the_times_of_a_sentence_are_read_once(question: str, sentences: int) -> None:
    facts = world("grid").facts("elif")
    find = Times.find
    assert isinstance(find, FunctionType)
    assert calls(lambda: answer(question, facts))[find.__qualname__] == sentences


@pytest.mark.parametrize(
    "question",
    ["who owns the {title} in {project}?", "who is accountable for {title}?",
     "how is {project} doing?", "is the {title} blocked?", "what is overdue?", "any blockers?",
     "which stages are blocked?", "which stages have no owner?", "what is vacant?"],
)  # fmt: skip
def test_twenty_times_as_many_items_take_no_more_work(question: str) -> None:
    work = []
    for items in (4_000, 80_000):
        many = _many(items)
        project = many.projects[7]
        asked = question.format(title=project.items[-1].title, project=project.name)
        work.append(_ask(asked, _FACTS[items]))
    assert work[1] < 2 * work[0], work


_WORLDS: dict[int, Many] = {}
_FACTS: dict[int, Facts] = {}


def _many(items: int) -> Many:
    if items not in _WORLDS:
        _WORLDS[items] = Many(items, 200)
        _FACTS[items] = replace(_WORLDS[items].facts(), sees_open=True)
    return _WORLDS[items]
