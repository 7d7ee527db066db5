"""How a channel's digest is set, and what it would be told now."""

from bot.commands import PreviewDigest, command, spoken
from bot.digests import DigestPreview, DigestShown
from bot.moments import day
from bot.orders import EndDigest
from handlers.views.acts import Act
from handlers.views.channels import comes
from handlers.views.digests.posted import missed, moment, said
from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    button,
    listed,
    message,
    name,
    paragraph,
    quiet,
)


def previewed(preview: DigestPreview) -> Message:
    """What the channel would be told now: the same, under a line that says so."""
    window, place = preview.window, preview.audience.place
    to_whom = f"what #{name(place.name)} would be told now"
    if not preview.is_set:
        to_whom = f"what a weekly digest would tell #{name(place.name)} now (none is set)"
    told = said(preview.digest, preview.audience, window, heartbeat=preview.heartbeat)
    if told is None:
        return message(
            paragraph(bold("Nothing"), f" is {to_whom}: nothing has changed there."),
            quiet(f"Looked at: all since {moment(window.since, window.zone)}."),
        )
    return message(quiet(f"This is {to_whom}. Only you see it; it moves nothing on."), told.blocks)


def shown(shown: DigestShown) -> Message:
    """How a channel's digest is set, when the next one comes, and of what it tells."""
    place, undone = f"#{name(shown.place.name)}", "Taken back. " if shown.undone else ""
    if shown.plan is None or shown.next_at is None:
        known = command("digest")
        return message(
            paragraph(undone, bold(place), " gets no digest."),
            quiet(f"Let it have one: /charter {known.example}" if known else "", _undoable(shown)),
            actions(
                _set("Set one up", f"Set a digest of {place} up"),
                _run("Preview", PreviewDigest(), f"Preview what {place} would be told"),
                *_undo(shown, place),
            ),
        )
    otherwise = "one line says so" if shown.plan.heartbeat else "nothing is posted"
    by = f"set by {name(shown.set_by.name)}" if shown.set_by else "set by the operator"
    on = f" on {day(shown.since)}" if shown.since else ""
    return message(
        paragraph(undone, bold(place), f" gets a digest {shown.plan.words}. {_of(shown)}"),
        comes(shown.place, moment(shown.next_at, shown.plan.zone)),
        missed(shown.missed, shown.plan.zone),
        quiet(
            f"It was {by}{on}. Where nothing has changed, {otherwise}.",
            _undoable(shown),
        ),
        actions(
            _run("Preview", PreviewDigest(), f"Preview what {place} would be told"),
            _set("Change", f"Change the digest of {place}"),
            _run("Turn off", EndDigest(), f"Turn the digest of {place} off"),
            *_undo(shown, place),
        ),
    )


def _undoable(shown: DigestShown) -> str:
    return "It can be undone for 10 minutes." if shown.undo_until else ""


def _undo(shown: DigestShown, place: str) -> list[Block]:
    if shown.undo_until is None:
        return []
    spoken = f"Undo how the digest of {place} was set"
    return [button("Undo", Act.DIGEST_UNDO, {"s": shown.seq}, spoken=spoken)]


def _of(shown: DigestShown) -> str:
    if shown.is_portfolio:
        return "No project is bound to it, so it is told of all public ones."
    if not shown.projects:
        return "No open project is bound to it that everybody in it may know, so it stays silent."
    return f"It is told of {listed(shown.projects, 5)}."


def _set(label: str, words: str) -> Block:
    return button(label, Act.DIGEST_OPEN, spoken=words)


def _run(label: str, order: PreviewDigest | EndDigest, words: str) -> Block:
    return button(label, Act.COMMAND_RUN, {"c": spoken(order)}, spoken=words)
