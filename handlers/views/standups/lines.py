"""What somebody said, as rows of a list: question by question, or line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.standups import QUESTIONS, Entry, SaidLine, blocker_at
from handlers.views.kit import (
    LONGEST_TEXT,
    Block,
    Piece,
    bold,
    bullets,
    cut,
    in_words,
    length,
    link,
    name,
    piece,
)

BLOCK_LENGTH = LONGEST_TEXT - 200
MOST_LINES = 12
"""Of one answer, with a row of its own."""
MOST_ROWS = 100
"""Of one block, however short they are."""
_BULLET = 4
"""What a row takes beside its words."""

_SHORT = dict(zip(QUESTIONS, ("Done", "Next", "Blocked by"), strict=True))


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was said; `label` stands before it, and `url` is where it can be seen."""

    label: tuple[str | Piece, ...]
    text: str
    url: str = ""

    @property
    def length(self) -> int:
        """What it takes of a block, uncut, in UTF-16 units."""
        label = [one if isinstance(one, str) else in_words(one) for one in self.label]
        return length("".join([*label, self.text])) + _BULLET

    def pieces(self, longest: int = LONGEST_TEXT) -> list[str | Piece]:
        return [*self.label, link(self.text, self.url) if self.url else cut(self.text, longest)]


def label(question: str) -> Piece:
    """A question in short, to stand before its answer."""
    return piece(f"{_SHORT.get(question, name(question, 150))} ", italic=True)


def tag(title: str, line: SaidLine) -> tuple[str | Piece, ...]:
    """The stage that a line is about, to stand before it; nothing where its own words begin so, as
    those of what was ticked mostly do.
    """
    begins_so = title and line.text.casefold().startswith(title.casefold())
    return (bold(name(title)), ": ") if title and not begins_so else ()


def rows(entry: Entry) -> list[Row]:
    """What somebody answered, line by line, and what they ticked beside it; but for what blocks
    them, or that nothing does.
    """
    at = blocker_at(entry.questions)
    found: list[Row] = []
    for number, (question, answer) in enumerate(entry.answers):
        if number == at:
            continue
        ticked = [line for line in entry.said if line.evidence and line.question == number]
        found += [Row((label(question),), line) for line in _lines(answer)]
        found += [Row((label(question),), line.text, line.url) for line in ticked]
    return found


def _lines(answer: str) -> list[str]:
    """Each line of an answer; all of it in one, where they are many."""
    lines = [line.strip() for line in answer.splitlines() if line.strip()]
    return lines if len(lines) <= MOST_LINES else [answer.strip()]


def row_of(line: SaidLine, questions: Sequence[str], *before: str | Piece) -> Row:
    """One line of an answer; `before` says whose it is."""
    known = 0 <= line.question < len(questions)
    asked = (label(questions[line.question]),) if known else ()
    return Row((*before, *asked), line.text, line.url)


def size(found: Sequence[Row]) -> int:
    return sum(row.length for row in found)


def listed(head: Block, found: Sequence[Row]) -> Iterator[Block]:
    """A head with its rows below it: in one block where that holds them, else in as many as it
    takes.
    """
    if not found:
        return
    block, room, held = dict(head), BLOCK_LENGTH, 0
    for row in found:
        told = bullets([row.pieces()])
        if row.length > room or held == MOST_ROWS:
            yield block
            block, room, held = told, BLOCK_LENGTH - row.length, 1
            continue
        room, held = room - row.length, held + 1
        block = {**block, "elements": _joined(block["elements"], told["elements"])}
    yield block


def _joined(before: list[Block], after: list[Block]) -> list[Block]:
    """The elements of two blocks as those of one: lists that follow each other are one list."""
    if before[-1]["type"] != "rich_text_list":
        return [*before, *after]
    last = {**before[-1], "elements": [*before[-1]["elements"], *after[0]["elements"]]}
    return [*before[:-1], last]
