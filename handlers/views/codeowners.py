"""What CODEOWNERS and letters disagree about, line by line, and the lines that would settle it."""

from bot.codeowners import LARGEST, Difference, Kind
from bot.ownership import OwnershipShown
from bot.sources.owning import Fault
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    bold,
    bullets,
    code,
    counted,
    cut,
    listed,
    message,
    name,
    paragraph,
    quiet,
)

MOST = 25
LONGEST = 2600
"""Signs of the proposed lines that are shown."""
Parts = list[str | Piece]


def shown(shown: OwnershipShown) -> Message:
    there = shown.there
    return message(
        paragraph(*_head(shown)),
        bullets([_told(one, shown) for one in shown.differences], MOST)
        if shown.differences
        else {},
        *_faulty(shown),
        *_lines(shown),
        quiet(*_aside(shown)),
        quiet(
            f"It is {name(there.repo)} today: follow it by that name, and unfollow the old one."
            if shown.was_renamed
            else ""
        ),
    )


def _head(shown: OwnershipShown) -> Parts:
    """Which file, of what; and how many disagreements there are."""
    there = shown.there
    if not there.path:
        missing = f" has no CODEOWNERS on {name(there.branch)}: GitHub looks in .github/, at the "
        return [bold(name(shown.asked)), missing, "root and in docs/, in this order."]
    of = f" of {name(shown.asked)} ({name(there.branch)})"
    if there.size > LARGEST:
        size = f" has {there.size / 1024**2:.1f} MB. GitHub reads no more than "
        return [code(there.path), of, size, f"{LARGEST // 1024**2} MB, so nobody owns anything."]
    against = f" and the letters of {listed(shown.projects, 3)}"
    if not shown.differences:
        return [code(there.path), of, against, " agree."]
    return [code(there.path), of, against, " disagree about this:"]


def _told(one: Difference, shown: OwnershipShown) -> Parts:
    """One of them, with its reason."""
    path, owner, stage = code(one.pattern), code(one.owner), bold(name(one.stage))
    line = f"line {one.line}"
    called = shown.names.get(one.owner.lower(), "")
    who = f" ({name(called)})" if called else ""
    match one.kind:
        case Kind.LEFT:
            return [owner, f"{who} owns ", path, f" by {line}, and has left the team."]
        case Kind.NO_WRITE:
            no = ", and may not write there: GitHub does not ask for their review."
            return [owner, f"{who} owns ", path, f" by {line}{no}"]
        case Kind.NOBODY:
            answers = f", for which {listed(one.who, 4)} answer" if one.who else ""
            taken = f": {line} takes it from all" if one.line else ""
            return [path, " belongs to ", stage, f"{answers}, and nobody owns it{taken}."]
        case Kind.NOT_OWNER:
            return [
                owner,
                f"{who} is responsible for ",
                stage,
                " (",
                path,
                f"); {line} does not name them.",
            ]
        case Kind.NO_LETTER:
            return [owner, f"{who} owns ", path, f" by {line}, and holds no letter of ", stage, "."]
        case Kind.NO_R:
            return [path, " belongs to ", stage, ", for which nobody is responsible."]
        case Kind.NO_NAME:
            be = "is" if len(one.who) == 1 else "are"
            no = f": nobody said what {listed(one.who, 4)}, who {be} responsible, {be} called at "
            return [path, " belongs to ", stage, f"{no}GitHub."]


def _faulty(shown: OwnershipShown) -> list[Block]:
    """The lines that GitHub passes over: as it tells, or else as they read."""
    told = [one for one in shown.there.faults if not _is_said(one, shown)]
    rows = [_fault(one) for one in told]
    if not shown.there.faults:
        rows = [
            [f"Line {one.line}, ", code(cut(one.text, 100)), f": {one.why}."]
            for one in shown.owners.faults
        ]
    if not rows:
        return []
    return [paragraph("GitHub passes over this:"), bullets(rows, MOST)]


def _fault(fault: Fault) -> Parts:
    at: Parts = [", ", code(fault.word)] if fault.word else []
    return [f"Line {fault.line}: {name(fault.kind)}", *at, "."]


def _is_said(fault: Fault, shown: OwnershipShown) -> bool:
    """Whether it stands among the disagreements already."""
    return any(
        one.line == fault.line and one.owner.lower() == fault.word.lower()
        for one in shown.differences
    )


def _lines(shown: OwnershipShown) -> list[Block]:
    """The proposed lines, to be copied; where each of them belongs stands in a comment above it."""
    if not shown.proposals:
        return []
    lines = [f"# {shown.there.path or '.github/CODEOWNERS'}"]
    left = 0
    for one in shown.proposals:
        where = f"in place of line {one.line}: {one.before}"
        if not one.before:
            where = f"new, below line {one.line}" if one.line else "new, at the top"
        both = [*([f"# {where}"] if shown.there.path else []), one.text]
        if left or sum(map(len, (*lines, *both))) + len(lines) > LONGEST:
            left += 1
        else:
            lines += both
    if left:
        lines.append(f"# and {counted(left, 'more line')}")
    text: Piece = {"type": "text", "text": cut("\n".join(lines), LONGEST + 300)}
    snippet: Block = {"type": "rich_text_preformatted", "elements": [text]}
    return [
        paragraph("By the letters it would say:"),
        {"type": "rich_text", "elements": [snippet]},
    ]


def _aside(shown: OwnershipShown) -> list[str]:
    there = shown.there
    told = ["I write nothing there: copy what you agree with."] if shown.proposals else []
    if not shown.claims:
        follow = f"/charter follow {shown.asked} path data/ to data pipeline"
        told.append(f"No path of it belongs to a stage yet: {follow}")
    if there.lacks:
        lacks = listed(there.lacks, 3)
        told.append(
            f"Who may write, or is in a team, was not told in full: it takes {lacks} (read)."
        )
    if any(one.kind is Kind.NO_NAME for one in shown.differences):
        told.append("An admin says who is who: /charter person link @bea github=NAME")
    return told
