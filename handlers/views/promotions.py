"""Promotions of models, as whoever is accountable for the roll-out is told of them."""

from collections.abc import Sequence

from bot.evidence import comparison_words
from bot.gates import APPROVAL
from bot.links import ref_title
from bot.promotions import BY, Promoted, Promotion
from bot.routing.told import Told
from bot.sources import NEEDS
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    link,
    listed,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import at_source, told_apart
from handlers.views.notices import because, why

MOST_METRICS = 5
MOST_MISSING = 4


def promoted(one: Promotion, told: Told, key: str) -> Message:
    """What was promoted, by whom as far as anybody tells, how it measures up, and whether it was
    signed off. `key` is the message's own.
    """
    return message(
        paragraph(*_what(one), *_where(one)),
        paragraph(*_who(one)),
        *_measures(one),
        paragraph(*_sign_off(one)),
        quiet(because(told, one.people)),
        actions(*_buttons(one), why(key)),
    )


def summed_up(some: Sequence[tuple[Promotion, Told]], key: str) -> Message:
    """Many at once, such as after a time without an answer: a line each."""
    rows: list[Sequence[str | Piece]] = [
        [*_what(one), *_where(one), f" {_signed(one)}"] for one, _ in some
    ]
    people = some[0][0].people
    reasons = dict.fromkeys(because(told, people) for _, told in some)
    return message(
        paragraph(bold(f"{len(some)} promotions of models"), " since the last look:"),
        bullets(rows, most=15),
        quiet(*[*reasons][:MOST_MISSING]),
        actions(why(key)),
    )


def short(one: Promotion) -> str:
    """ "ranker version 3: alias production"."""
    version = one.version
    held = listed([name(each.words, 40) for each in one.posts])
    return f"{name(version.name, 60)} version {name(version.version, 20)}: {held}"


def _what(one: Promotion) -> list[str | Piece]:
    version = one.version
    title = f"{name(version.name, 80)} version {name(version.version, 20)}"
    held = listed([_held(each) for each in one.posts])
    return [link(title, version.url) if version.url else bold(title), f" has {held} now"]


def _held(one: Promoted) -> str:
    """ "the alias production (before: version 2)"."""
    before = f" (before: version {name(one.before, 20)})" if one.before else ""
    return f"the {name(one.words, 60)}{before}"


def _where(one: Promotion) -> list[str | Piece]:
    where: list[str | Piece] = [", in ", bold(name(one.project.name))]
    if one.item is not None:
        where += [f", {one.item.kind.value} ", bold(name(one.item.title))]
    return [*where, "."]


def _who(one: Promotion) -> list[str | Piece]:
    """By whom, as far as it is known: of a tracker's name that nobody is known by, that name."""
    people = told_apart(one.people)
    tracker = NEEDS[one.source].title if one.source in NEEDS else name(one.source)
    if one.says_by:
        said = f"Promoted by {at_source(one.says_by, one.logins, people)}, says its tag {BY}."
    else:
        said = f"{tracker} does not tell who did that."
    if one.version.by:
        said += f" The version was registered by {at_source(one.version.by, one.logins, people)}."
    run = one.run
    if run is None:
        return [said, " No run is known that made it."]
    by = f" by {at_source(run.user, one.logins, people)}" if run.user else ""
    return [said, " It was made by ", link(run.name or ref_title(run.ref), run.ref.url), f"{by}."]


def _measures(one: Promotion) -> list[Block]:
    """The run against the scope."""
    if one.run is None:
        return [paragraph("So there are no metrics to hold against the target.")]
    if not one.comparisons:
        return [paragraph("The scope names no success metric to hold it against.")]
    rows: list[Sequence[str | Piece]] = [
        [name(comparison_words(each), 300)] for each in one.comparisons
    ]
    gone: list[Block] = []
    if one.run.deleted:
        gone = [paragraph("Its run is deleted in the tracker; these were its metrics.")]
    return [*gone, bullets(rows, MOST_METRICS)]


def _sign_off(one: Promotion) -> list[str | Piece]:
    """Whether whoever is accountable approved it, and what else the gate lacks."""
    approval = one.approval
    said: list[str | Piece] = [bold("Sign-off: "), _signed(one)]
    if approval is not None and approval.tick is not None:
        tick, people = approval.tick, told_apart(one.people)
        by = people.get(tick.by or 0)
        who = name(by.name) if by else "the operator"
        said += [f" Approved by {who}, ", moment(tick.at), "."]
    if one.missing:
        texts = [name(each.criterion.text, 100) for each in one.missing]
        said.append(f" Also missing: {listed(texts, MOST_MISSING)}.")
    return said


def _signed(one: Promotion) -> str:
    approval = one.approval
    if one.item is None:
        return "the project has no roll-out stage whose gate could hold it."
    if approval is None:
        return "the gate asks for no approval."
    if not approval.is_met:
        return "missing, the gate is not approved."
    if one.is_signed_before:
        return "given before this version was made, so it may not mean this one."
    return "present."


def _buttons(one: Promotion) -> list[Block | None]:
    item, approval = one.item, one.approval
    title = f"{name(one.version.name, 40)} version {name(one.version.version, 20)}"
    opens = one.version.url
    show = button("Open", Act.LINK_OPEN, url=opens, spoken=f"Open {title}") if opens else None
    if item is None or one.project.archived_at:
        return [show]
    where, of = {"p": one.project.key, "i": item.key}, name(item.title, 40)
    lacks = approval is not None and not approval.is_met
    tick = {**where, "k": APPROVAL}
    return [
        button("Approve", Act.GATE_TICK, tick, spoken=f"Approve {of}") if lacks else None,
        button("Gate", Act.GATE_SHOW, where, spoken=f"Show what {of} needs before it is done"),
        show,
    ]
