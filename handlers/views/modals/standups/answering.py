"""The form in which somebody answers a standup, or all of a day at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import BadInput, Why
from bot.orders import AnswerStandup, AnswerStandups
from bot.project import CLOSED, Item, Project, Status
from bot.rounds import AnswerClash, Asked
from bot.standups import (
    LONGEST_ANSWER,
    LONGEST_BLOCKER,
    LONGEST_QUESTION,
    State,
    blocker_at,
    says_nothing,
)
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import (
    MOST_VIEW_BLOCKS,
    Block,
    View,
    bold,
    cut,
    length,
    listed,
    name,
    paragraph,
    quiet,
)
from handlers.views.modals.fields import (
    LONGEST_OPTION_VALUE,
    field,
    option,
    option_of,
    select,
    text_input,
    text_of,
)
from handlers.views.modals.frame import modal
from handlers.views.modals.standups import drafting
from handlers.views.standups.days import day_in_words

NONE = "-"
"""The option that marks nothing as blocked."""
LONGEST_THEIRS = 1000
MOST_PAGES = 30
"""Standups in one form: as many as its metadata bear."""


@dataclass(frozen=True, slots=True)
class Page:
    """One standup in a form: what its fields hold, and (by the answer) what stands above them."""

    asked: Asked
    texts: tuple[str, ...]
    blocked: str | None
    theirs: Mapping[int, str]
    order: AnswerStandup | None = None


def answers(found: Sequence[Asked]) -> View:
    """The answers to standups of one day, with what was said before.

    Where not all of them have room, those that wait for an answer come first.
    """
    waiting_first = sorted(found, key=lambda one: one.entry.state is not State.ASKED)
    return _form([_page(one) for one in waiting_first], again=0)


def answers_clash(clash: AnswerClash, view: Mapping[str, Any]) -> View:
    """The same form with all that was typed, and beside it what was answered meanwhile in another
    place: saving again means it.

    Its fields have other names than before, so that what Slack remembers of the old ones does not
    stand in the place of what was taken over.
    """
    pages: list[Page] = []
    for asked, order in clash.pages:
        stands, texts = asked.as_written, list(asked.as_written)
        for at, (said, was) in enumerate(zip(order.answers, order.opened, strict=False)):
            if at < len(texts) and said.strip() != was.strip():
                texts[at] = said
        own = {at for entry, at in clash.theirs if entry == asked.entry.id}
        theirs = {at: stands[at] for at in own if at < len(stands)}
        pages.append(Page(asked, tuple(texts), order.blocked, theirs, order))
    kept = unpack(view.get("private_metadata", ""))
    again = kept.get("n")
    return _form(pages, again=again + 1 if isinstance(again, int) else 1)


def _page(asked: Asked) -> Page:
    marked = next((one for one in asked.project.items if _is_marked(asked, one)), None)
    return Page(asked, asked.begun, marked.key if marked else None, {})


def _is_marked(asked: Asked, item: Item) -> bool:
    return item.id == asked.entry.blocked_item and item.status is Status.BLOCKED


def _form(pages: Sequence[Page], *, again: int) -> View:
    blocks: list[Block] = []
    kept: list[str] = []
    first = 0
    for page in pages[:MOST_PAGES]:
        section = _section(page, first, again)
        if len(blocks) + len(section) > MOST_VIEW_BLOCKS - 2:
            break
        blocks += section
        asked, entry = page.asked, page.asked.entry
        block = blocker_at(entry.questions)
        at = -1 if block is None else block
        kept.append(f"{entry.id}.{len(entry.answers)}.{at}.{asked.fingerprint}")
        first += len(entry.answers)
    left = [name(page.asked.project.name) for page in pages[len(kept) :]]
    if left:
        blocks.append(
            paragraph(f"No room here for {listed(left, most=20)}: answer these, then press again.")
        )
    several = " A line that begins with a project's name goes to that one." if kept[1:] else ""
    blocks.append(quiet(f"What you leave empty is left out.{several}"))
    values: Values = {"e": " ".join(kept), "n": again}
    title, submit = ("Standups" if kept[1:] else "Standup"), ("Save mine" if again else "Send")
    return modal(Form.STANDUP_ANSWERS, title, submit, blocks, values)


def _section(page: Page, first: int, again: int) -> list[Block]:
    """The fields of one standup; they are numbered through the form, from `first` on."""
    asked, project = page.asked, page.asked.project
    entry = asked.entry
    block = blocker_at(entry.questions)
    blocks: list[Block] = [paragraph(bold(name(project.name)), f", {day_in_words(entry.day)}")]
    blocks += drafting.blockers(asked, page.order, again)
    for at, question in enumerate(entry.questions):
        if at in page.theirs:
            theirs = cut(page.theirs[at], LONGEST_THEIRS) if page.theirs[at] else "nothing"
            blocks.append(
                paragraph(
                    bold("You answered this meanwhile in another place: "),
                    theirs,
                    ". Save again to put yours in its place, or cancel to keep that.",
                )
            )
        blocks += drafting.work(asked, at, page.order, again)
        longest = LONGEST_BLOCKER if at == block else LONGEST_ANSWER
        entered = text_input(page.texts[at], longest=longest, lines=True)
        label = name(question, LONGEST_QUESTION)
        blocks.append(field(_field(first + at, again), label, entered, optional=True))
        if at == block:
            blocks += _marking(project, _blocked(first, again), page.blocked)
    return blocks


def _field(number: int, again: int) -> str:
    return f"a{number}.{again}" if again else f"a{number}"


def _blocked(first: int, again: int) -> str:
    return f"blocked{first or ''}.{again}" if again else f"blocked{first or ''}"


def _marking(project: Project, block_id: str, marked: str | None) -> list[Block]:
    """The choice of what the blocker blocks; what this standup marked before stays chosen."""
    usable = [
        item
        for item in project.items
        if item.status not in CLOSED and length(item.key) <= LONGEST_OPTION_VALUE
    ]
    if not usable:
        return []
    options = [option(NONE, "none"), *(option(item.key, item.title) for item in usable)]
    chosen = marked if any(item.key == marked for item in usable) else NONE
    hint = "Moves it to blocked, with what you wrote as the reason."
    entered = select(options, chosen)
    return [field(block_id, "Marks as blocked", entered, hint=hint, optional=True)]


def read_answers(view: Mapping[str, Any]) -> AnswerStandups:
    """`BadInput` where nothing is said at all, or where what blocks something is left empty.

    A standup that was not answered, and of which nothing is said now, stays as it is.
    """
    kept = unpack(view.get("private_metadata", ""))
    number = kept.get("n")
    again = number if isinstance(number, int) else 0
    said: list[AnswerStandup] = []
    first = 0
    for one in str(kept.get("e") or "").split():
        entry, many, block, seen = one.split(".")
        read = _read(view, int(entry), seen, first, int(many), again)
        _refuse_no_reason(read, int(block))
        if any(read.answers) or drafting.says_anything(view, read.entry, again):
            said.append(read)
        elif any(read.opened) or read.unticked:
            raise BadInput(Why.EMPTY_TEXT, {"field": "answers"}, read.field(0))
        first += int(many)
    if not said:
        raise BadInput(Why.EMPTY_TEXT, {"field": "answers"}, _field(0, again))
    return AnswerStandups(tuple(said))


def _read(
    view: Mapping[str, Any], entry: int, seen: str, first: int, many: int, again: int
) -> AnswerStandup:
    fields = tuple(_field(number, again) for number in range(first, first + many))
    chosen = option_of(view, _blocked(first, again))
    begun = {
        str(block.get("block_id", "")): str((block.get("element") or {}).get("initial_value") or "")
        for block in view["blocks"]
    }
    ticked, unticked = drafting.read_work(view, entry, again)
    return AnswerStandup(
        entry,
        State.POSTED,
        tuple(text_of(view, one) for one in fields),
        chosen if chosen not in (None, NONE) else None,
        seen,
        tuple(begun.get(one, "") for one in fields),
        fields,
        ticked,
        unticked,
        drafting.read_blockers(view, entry, again),
    )


def _refuse_no_reason(read: AnswerStandup, block: int) -> None:
    if read.blocked and (block < 0 or says_nothing(read.answers[block])):
        facts = {"status": Status.BLOCKED.words}
        raise BadInput(Why.REASON_NEEDED, facts, read.field(max(block, 0)))
