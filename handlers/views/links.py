"""Links: the card of a pull request or a run, and what is said about linking one."""

import math
from collections.abc import Sequence
from datetime import datetime

from bot.attaching import By
from bot.evidence import WHYS, compared, comparison_words
from bot.links import (
    Card,
    LinkKept,
    LinkMade,
    Posted,
    Question,
    Sight,
    Synced,
    ref_title,
    repo_and_number,
    short_title,
)
from bot.project import Letter, Project
from bot.pulls import checks_words, conflict_words, review_words
from bot.sources import archive_of
from bot.sources.base import ModelVersion, Page, PullRequest, Run, RunState, Trouble, Why
from handlers.views import seats
from handlers.views.acts import Act, Values
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    code,
    counted,
    link,
    listed,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import at_source, told_apart

MOST_METRICS = 5
MOST_PARAMS = 6
LONGEST_PARAM = 40
MOST_DATA, MOST_MODELS, MOST_USAGE = 4, 3, 4
SHORT_COMMIT = 10
LONGEST_ADDRESS = 1500
DAY_AND_TIME = "{date_short_pretty} at {time}"


def card(card: Card) -> Message:
    """What stands of something linked, as much of it as the place may know."""
    linked = card.linked
    if card.sight is Sight.BARE or card.project is None:
        return message(paragraph(link(ref_title(linked.ref), linked.ref.url)))
    if not linked.is_linked:
        gone = f" is no longer linked to {name(card.project.name)}."
        return message(paragraph(bold(_short(card)), gone))
    return message(
        *_seen(card), _belongs(card, card.project), _rule(card), _last_seen(card), _buttons(card)
    )


def _short(card: Card) -> str:
    """What it is called where its title may be too much."""
    if card.sight is Sight.NUMBER:
        return f"Pull request #{repo_and_number(card.linked.ref)[1]}"
    return name(ref_title(card.linked.ref))


def _seen(card: Card) -> list[Block]:
    match card.linked.sighting.seen:
        case PullRequest(state=state) if card.sight is Sight.NUMBER:
            return [paragraph(bold(_short(card)), f" – {state.value}")]
        case PullRequest() as pull:
            return _pull(card, pull)
        case Run() as run:
            return _run(card, run)
        case _ if card.sight is Sight.NUMBER:
            return [paragraph(bold(_short(card)))]
        case _ if archive_of(card.linked.ref):
            return [paragraph(bold(_short(card)))]
        case _:
            return [paragraph(link(ref_title(card.linked.ref), card.linked.ref.url))]


def _pull(card: Card, pull: PullRequest) -> list[Block]:
    people = told_apart(card.people)

    def called(login: str) -> str:
        return at_source(login, card.logins, people)

    branch = f"{name(pull.branch, 60)} → {name(pull.base, 60)}" if pull.branch else ""
    by = f"by {called(pull.author)}" if pull.author else ""
    torn = conflict_words(pull)
    return [
        paragraph(link(pull.title, pull.ref.url), f" {name(pull.repo)}#{pull.number}"),
        paragraph(bold(seats.capital(pull.state.value)), _after(by, branch)),
        paragraph(
            seats.capital(name(review_words(pull, called), 300)),
            _after(name(checks_words(pull), 300), name(torn, 300) if torn else ""),
        ),
    ]


def _after(*facts: str) -> str:
    return "".join(f" · {fact}" for fact in facts if fact)


def _run(card: Card, run: Run) -> list[Block]:
    people = told_apart(card.people)
    by = f"by {at_source(run.user, card.logins, people)}" if run.user else ""
    state = seats.capital(run.state.value)
    if run.deleted:
        trouble = card.linked.sighting.trouble
        is_lost = trouble is not None and trouble.why is Why.NOT_FOUND
        state = "Not found in its tracker any more" if is_lost else "Deleted in its tracker"
    experiment = f"experiment {name(run.experiment, 60)}" if run.experiment else ""
    began: list[str | Piece] = []
    if run.started:
        began = [" · started ", moment(run.started, DAY_AND_TIME)]
    title = run.name or ref_title(run.ref)
    archive = archive_of(run.ref)
    if archive and run.is_archived:
        state += f", as it was exported from {archive.needs.title}"
    named = bold(name(title)) if archive else link(title, run.ref.url)
    return [
        paragraph(named, _after(experiment)),
        paragraph(bold(state), _after(by), *began, _after(_took(run.started, run.ended))),
        _metrics(card, run),
        _params(run),
        _made_of(card, run),
    ]


def _made_of(card: Card, run: Run) -> Block:
    """What it read, at which commit it was and in which pull request, what became of it in the
    registry, and what it used of its machine.
    """
    said: list[str | Piece] = []
    if run.datasets:
        some = [name(each, LONGEST_PARAM) for each in run.datasets]
        said.append(f"Data: {listed(some, MOST_DATA)}. ")
    if run.commit:
        said.append(f"Commit {name(run.commit[:SHORT_COMMIT])}")
        if card.commit_of is not None:
            said += [" of ", link(ref_title(card.commit_of), card.commit_of.url)]
        said.append(". ")
    said += [f"Model {_version(one)}. " for one in run.models[:MOST_MODELS]]
    if run.usage:
        used = [f"{name(key, 60)} {_value(value)}" for key, value in run.usage.items()]
        said.append(f"Used: {listed(used, MOST_USAGE)}.")
    return paragraph(*said) if said else {}


def _version(one: ModelVersion) -> str:
    """ "churn-ranker version 3 (production)"."""
    called = listed([name(each, 30) for each in (*one.aliases, *([one.stage] * bool(one.stage)))])
    where = f" ({called})" if called else ""
    return f"{name(one.name, 60)} version {name(one.version, 20)}{where}"


def _took(started: datetime | None, ended: datetime | None) -> str:
    if started is None or ended is None or ended < started:
        return ""
    minutes = int((ended - started).total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"took {days} d {hours} h"
    return f"took {hours} h {minutes} min" if hours else f"took {minutes} min"


def _metrics(card: Card, run: Run) -> Block:
    """The run against the scope; without a metric there, what it logs."""
    assert card.project is not None
    if run.deleted:
        return paragraph("It no longer counts for the target.")
    metrics = card.project.scope.metrics
    running = run.state in (RunState.RUNNING, RunState.SCHEDULED)
    rows: list[Sequence[str | Piece]] = [
        [name(comparison_words(one, running=running), 300)] for one in compared(run, metrics)
    ]
    if rows:
        return bullets(rows, MOST_METRICS)
    told = [f"{name(key, 60)} {_value(value)}" for key, value in run.metrics.items()]
    logged = listed(told, MOST_METRICS) if told else "nothing logged"
    return paragraph(
        f"{seats.capital(logged)}. The scope names no success metric to hold it against."
    )


def _value(value: float) -> str:
    return f"{value:.4g}" if math.isfinite(value) else "not a number"


def _params(run: Run) -> Block:
    if not run.params:
        return {}
    told = [
        f"{name(key, LONGEST_PARAM)} {name(value, LONGEST_PARAM)}"
        for key, value in run.params.items()
    ]
    return quiet(f"Parameters: {listed(told, MOST_PARAMS)}")


def _belongs(card: Card, project: Project) -> Block:
    """The project, the stage, and who answers for it."""
    item, people = card.item, told_apart(card.people)
    said: list[str | Piece] = ["Linked to ", bold(name(project.name))]
    if item is None:
        return paragraph(*said, ", no stage yet.")
    owner = seats.owner(project, item, people, card.acting)
    gap = seats.capital(seats.gap(project, item, Letter.A, people))
    answers = f". Accountable: {owner}." if owner else f". {gap}."
    return paragraph(*said, f", {item.kind.value} ", bold(name(item.title)), answers)


def _rule(card: Card) -> Block:
    """By which rule it came to be here, and which would have it elsewhere."""
    linked = card.linked
    if card.sight is Sight.NUMBER:  # labels and branches of a private repository stay there
        return quiet("Linked by a rule of the project") if linked.by is not By.HAND else {}
    told = [f"Linked by: {name(linked.why, 100)}"] if linked.by is not By.HAND else []
    told += [
        f"{name(one.why, 100)} would have it in {name(where, 60)}"
        for one in linked.overruled
        if (where := card.places.get((one.project, one.item)))
    ]
    return quiet("; ".join(told)) if told else {}


def _last_seen(card: Card) -> Block:
    """Since when the rest stands, where the last look was not good."""
    sighting = card.linked.sighting
    trouble = sighting.trouble
    if archive := archive_of(sighting.ref):
        return {} if sighting.seen else paragraph(archive.closed)
    if trouble is None:
        return {} if sighting.seen else paragraph("Not seen yet.")
    until: list[str | Piece] = []
    if trouble.until:
        until = [" until ", moment(trouble.until, DAY_AND_TIME)]
    seen: list[str | Piece] = ["Not seen yet"]
    if sighting.seen_at:
        seen = ["Last seen ", moment(sighting.seen_at)]
    return paragraph(*seen, f" ({WHYS[trouble.why]}", *until, ").")


def _buttons(card: Card) -> list[Block]:
    linked = card.linked
    about: Values = {"k": linked.ref.kind.value, "n": linked.id}
    short = _short(card)
    opens = linked.ref.url if card.sight is Sight.FULL and not archive_of(linked.ref) else ""
    label = "Change stage" if card.item else "Set stage"
    return actions(
        button(label, Act.LINK_STAGE, about, spoken=f"{label} of {short}"),
        button("Open", Act.LINK_OPEN, url=opens, spoken=f"Open {short}") if opens else None,
        button("Unlink", Act.LINK_REMOVE, about, spoken=f"Unlink {short}"),
    )


# --- what is said about linking -------------------------------------------------------------------


def made(outcome: LinkMade | LinkKept) -> Message:
    return linked(outcome) if isinstance(outcome, LinkMade) else kept(outcome)


def linked(made: LinkMade) -> Message:
    """To the one who linked something: what to, where its card stands, and the way back."""
    card, done = made.card, made.done
    assert card.project is not None
    item = card.item
    to = f"{name(item.title)} ({name(card.project.name)})" if item else name(card.project.name)
    state = "is linked to" if done else "was linked already to"
    undo = None
    if done and done.undo_until:
        undo = button("Undo", Act.UNDO, {"s": done.seq}, spoken=f"Undo linking {_short(card)}")
    return message(
        paragraph(bold(_short(card)), f" {state} ", bold(to), f".{_WHERE[made.posted]}"),
        _last_seen(card),
        actions(undo),
    )


_WHERE = {
    Posted.HERE: " Its card is in this channel.",
    Posted.DIRECT: " Its card is in your direct messages with me.",
    Posted.NOWHERE: "",
}


def kept(kept: LinkKept) -> Message:
    """A page by its title and what its source told; an address that no source knows stays text:
    nothing of it is opened or looked at.
    """
    done = kept.done
    undo = button("Undo", Act.UNDO, {"s": done.seq}, spoken="Undo keeping this address")
    if not kept.is_new:
        return message(
            paragraph(link(name(kept.title), kept.url), " of ", bold(name(done.project.name)), "."),
            paragraph(*(_to_review(kept) or ["It is to be reviewed on no day any more."])),
            actions(undo if done.undo_until else None),
        )
    return message(
        paragraph(
            code(name(kept.url, LONGEST_ADDRESS)),
            " is kept among the links of ",
            bold(name(done.project.name)),
            *_told_of(kept),
        ),
        paragraph(*_to_review(kept)) if _to_review(kept) else {},
        actions(undo if done.undo_until else None),
    )


def _to_review(kept: LinkKept) -> list[str | Piece]:
    """By when and by whom it is to be looked through, and what it is about; nothing of no day."""
    one, project = kept.link, kept.done.project
    if one is None or (one.review is None and one.item is None):
        return []
    item = project.item(one.item) if one.item else None
    about = f"It is about {name(item.title)}. " if item else ""
    if one.review is None:
        return [about]
    who = f" by {name(kept.keeper.name)}" if kept.keeper else ""
    nobody = "" if kept.keeper else " The project has no lead who hears of it."
    return [about, "To be reviewed ", bold(f"by {one.review.isoformat()}"), f"{who}.{nobody}"]


def _told_of(kept: LinkKept) -> list[str | Piece]:
    match kept.page:
        case None if kept.title == short_title(kept.url):
            return [". I cannot look at what is there, so I keep the address alone."]
        case None:
            return [", as ", bold(name(kept.title)), ". I cannot look at what is there."]
        case Trouble(why=why):
            said: list[str | Piece] = [", as ", bold(name(kept.title))]
            return [*said, f". I could not look at it: {WHYS[why]}."]
        case Page() as page:
            return [", as ", bold(name(kept.title)), ". ", *of_page(page)]


def of_page(page: Page) -> list[str | Piece]:
    """Whose it is, and when it was last edited, by whom."""
    state = f"It is {name(page.state)}. " if page.state else ""
    owner = f"By {name(page.owner)}. " if page.owner else ""
    edited: list[str | Piece] = []
    if page.edited:
        by = f" by {name(page.edited_by)}" if page.edited_by else ""
        edited = ["Last edited ", moment(page.edited), f"{by}."]
    return [f"{state}{owner}", *edited]


def asked(question: Question, said: str, thread: str | None) -> Message:
    """Which project something belongs to; the card comes under the message `said`."""
    title, url = ref_title(question.ref), question.ref.url
    buttons = [
        button(
            label,
            Act.LINK_TO,
            {"u": url, "p": key, "m": said, "t": thread},
            spoken=f"Link it to {name(label, 50)}",
        )
        for label, key in question.options
    ]
    more = counted(question.more, "more project") if question.more else ""
    other = f"For {more}: " if more else "For another one: "
    return message(
        paragraph("Which project does ", bold(name(title)), " belong to?"),
        paragraph(other, code("/charter link URL in PROJECT")),
        actions(*buttons, button("Not now", Act.DISMISS, spoken="Link it to no project")),
    )


def synced(one: Synced) -> str:
    """A line about one pass at one source, for the command line."""
    found = [f"{len(one.linked)} linked: {', '.join(one.linked)}"] if one.linked else []
    if not one.looked_at:
        return f"{one.source}: {'; '.join(found) or 'nothing to look at'}"
    some = ", ".join(one.changed)
    changed = f"{len(one.changed)} changed: {some}" if some else "none changed"
    troubles = [f"{count} not seen ({WHYS[why]})" for why, count in sorted(one.troubles.items())]
    parts = [f"{one.looked_at} looked at", changed, *found, *troubles]
    return f"{one.source}: {'; '.join(parts)}"
