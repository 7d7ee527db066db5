"""The part of a standup's form that is drafted: work to tick, and blockers from before.

Nothing is ticked at first but what was ticked before. The names of the fields hold the standup's
number, and how often the form came back (`again`), so that several stand in one form.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot.drafts import Draft, Offer, Work, ticks
from bot.errors import BadInput, Why
from bot.orders import AnswerStandup, Judgement
from bot.rounds import Asked
from bot.standups import Carried, Verdict, stands, still
from handlers.views.kit import (
    LONGEST_LABEL,
    Block,
    cut,
    length,
    name,
    quiet,
)
from handlers.views.modals.fields import (
    LONGEST_OPTION_VALUE,
    checks,
    field,
    option,
    option_of,
    options_of,
    radio,
    user,
    user_of,
)
from handlers.views.standups.days import day_in_words

MOST_TICKS = 10
"""In one field; more stand in the next one."""
MOST_BLOCKERS = 8
LONGEST_BLOCKER = 120
_A_WEEK = 6
"""Days for which a day of the week alone says which one is meant."""

Ticks = tuple[frozenset[tuple[int, str]], frozenset[tuple[int, str]]]

_LABELS = {
    Verdict.RESOLVED: "Resolved",
    Verdict.STILL: "Still there",
    Verdict.HANDED: "Hand on to somebody else",
}


def blockers(asked: Asked, order: AnswerStandup | None, again: int) -> list[Block]:
    """The blockers from before, each with what may be said of it; `order` is what was chosen."""
    offered = asked.drafted.carried if asked.drafted else ()
    blocks: list[Block] = []
    for at, one in enumerate(offered[:MOST_BLOCKERS]):
        blocks += _blocker(asked, one, f"{asked.entry.id}.{again}-{at}", order)
    if len(offered) > MOST_BLOCKERS:
        blocks.append(quiet(f"And {len(offered) - MOST_BLOCKERS} more are in your way."))
    return blocks


def _blocker(asked: Asked, one: Carried, at: str, order: AnswerStandup | None) -> Iterator[Block]:
    chosen = next((said for said in (order.judged if order else ()) if said.key == one.key), None)
    verdict = chosen.verdict if chosen else stands(one, asked.entry)
    title = asked.project.title_of(one.item)
    about = [name(title), _since(one)] if title else [_since(one)]
    label = f"{name(one.text, LONGEST_BLOCKER)} ({', '.join(filter(None, about))})"
    options = [
        option(f"{value} {one.key}", words)
        for value, words in _LABELS.items()
        if not (one.is_written and value is Verdict.HANDED)
    ]
    to = chosen.to.strip("<@>") if chosen and chosen.to else None
    is_said = verdict in {Verdict.STILL, Verdict.RESOLVED} or to
    initial = f"{verdict} {one.key}" if is_said else None
    yield field(f"blocker-{at}", f"Blocker: {label}", radio(options, initial), optional=True)
    if not one.is_written:
        yield field(f"hand-{at}", "Hand it on to", user(to), optional=True)


def _since(one: Carried) -> str:
    return still(one) if one.times or one.age is not None else ""


def work(asked: Asked, question: int, order: AnswerStandup | None, again: int) -> list[Block]:
    """What may be ticked under a question."""
    draft = asked.drafted.draft if asked.drafted else None
    offer = next((one for one in draft.offers if one.question == question), None) if draft else None
    if draft is None or offer is None:
        return []
    usable = [one for one in offer.work if length(one.key) <= LONGEST_OPTION_VALUE]
    stood = ticks(asked.entry)
    now = (stood - order.unticked) | order.ticked if order else stood
    ticked = {key for at, key in now if at == question}
    blocks: list[Block] = []
    for start in range(0, len(usable), MOST_TICKS):
        options = [_option(one) for one in usable[start : start + MOST_TICKS]]
        group = f"tick-{asked.entry.id}.{again}-{question}-{start}"
        label = _label(draft, offer) if not start else "And of these"
        blocks.append(field(group, label, checks(options, tuple(ticked)), optional=True))
    if offer.more:
        blocks.append(quiet(f"And {offer.more} more, which are older."))
    return blocks


def _label(draft: Draft, offer: Offer) -> str:
    if offer is draft.coming:
        return "Tick what comes next"
    return f"Tick what you tell of, since {since_in_words(draft)}"


def since_in_words(draft: Draft) -> str:
    """ "Friday 09:42"; with the date where it is longer ago than that says."""
    zone = ZoneInfo(draft.zone)
    begun, until = draft.since.astimezone(zone), draft.until.astimezone(zone)
    is_near = (until.date() - begun.date()).days <= _A_WEEK
    return f"{begun:%A %H:%M}" if is_near else day_in_words(begun.date())


def _option(one: Work) -> Block:
    """What does not fit into its label stands below it, and what only the one who did it sees."""
    told = name(one.text, 2 * LONGEST_LABEL)
    head = cut(told, LONGEST_LABEL)
    rest = "" if head == told else "…" + told[len(head) - 1 :].strip()
    aside = f"Only you see: {name(one.aside)}" if one.aside else ""
    return option(one.key, head, cut(aside or rest, LONGEST_LABEL) if aside or rest else "")


# What was chosen


def read_work(view: Mapping[str, Any], entry: int, again: int) -> Ticks:
    """What is ticked now and was not, and the other way round.

    In a form that came back all of it is meant as it stands there, whoever ticked it.
    """
    before: set[tuple[int, str]] = set()
    now: set[tuple[int, str]] = set()
    offered: set[tuple[int, str]] = set()
    for block_id, block in _own(view, f"tick-{entry}.{again}-"):
        question, element = int(block_id.split("-")[2]), block["element"]
        now |= {(question, key) for key in options_of(view, block_id)}
        offered |= {(question, str(one["value"])) for one in element["options"]}
        before |= {(question, str(one["value"])) for one in element.get("initial_options") or ()}
    if again:
        return frozenset(now), frozenset(offered - now)
    return frozenset(now - before), frozenset(before - now)


def says_anything(view: Mapping[str, Any], entry: int, again: int) -> bool:
    """Whether something is ticked, or said of a blocker from before."""
    at = f"{entry}.{again}-"
    return (
        any(options_of(view, one) for one, _ in _own(view, f"tick-{at}"))
        or any(option_of(view, one) for one, _ in _own(view, f"blocker-{at}"))
        or any(user_of(view, one) for one, _ in _own(view, f"hand-{at}"))
    )


def read_blockers(view: Mapping[str, Any], entry: int, again: int) -> tuple[Judgement, ...]:
    """What is said of blockers from before that was not said before; in a form that came back all
    of it. `BadInput` where nobody is named to hand one on to.

    Whoever names somebody means to hand it on.
    """
    found: list[Judgement] = []
    for block_id, block in _own(view, f"blocker-{entry}.{again}-"):
        element, hand = block["element"], block_id.replace("blocker-", "hand-", 1)
        key = str(element["options"][0]["value"]).split(" ", 1)[1]
        begun = str((element.get("initial_option") or {}).get("value", ""))
        chosen, to = option_of(view, block_id) or "", user_of(view, hand)
        verdict = Verdict(chosen.split(" ", 1)[0]) if chosen else Verdict.OPEN
        if verdict is Verdict.HANDED and not to:
            raise BadInput(Why.EMPTY_TEXT, {"field": "hand"}, hand)
        if to and verdict in {Verdict.OPEN, Verdict.HANDED}:
            found.append(Judgement(key, Verdict.HANDED, f"<@{to}>", hand))
        elif chosen and (again or chosen != begun):
            found.append(Judgement(key, verdict, field=block_id))
    return tuple(found)


def _own(view: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for block in view["blocks"]:
        block_id = str(block.get("block_id", ""))
        if block_id.startswith(prefix):
            yield block_id, block
