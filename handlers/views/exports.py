"""What is said of workbooks: while one is on its way, and of those that come by themselves."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.cadence import ExportPlan
from bot.commands import OpenExport, spoken
from bot.export_plans import ExportShown
from bot.exports import Form
from bot.exports.since import MOST_NEWS, News
from bot.lateness import Late
from bot.preparing import What
from handlers.views import lateness
from handlers.views.acts import Act
from handlers.views.channels import RESTS
from handlers.views.digests.posted import missed, moment
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
    divider,
    header,
    listed,
    message,
    name,
    paragraph,
    quiet,
)

LONGEST = 160
KINDS = {
    Form.XLSX: "workbook",
    Form.CSV: "list of all letters (CSV)",
    Form.JSON: "JSON file",
    Form.MARKDOWN: "Markdown file",
}


def begun(title: str, form: Form = Form.XLSX) -> Message:
    """To the one who asked, where they asked."""
    return message(
        paragraph(
            f"I am preparing the {KINDS[form]} ",
            bold(name(title)),
            ". It comes in your direct message with me.",
        )
    )


def preparing(title: str, form: Form = Form.XLSX) -> Message:
    return message(paragraph(f"Preparing the {KINDS[form]} ", bold(name(title)), " …"))


def underway(title: str, doing: str, done: int, of: int, form: Form = Form.XLSX) -> Message:
    """How far it is, in steps that are counted."""
    steps = {"reading": "reading the record", "uploading": "sending the file"}
    words = f"{doing} sheet {done} of {of}" if of else steps.get(doing, doing)
    return message(paragraph(f"Preparing the {KINDS[form]} ", bold(name(title)), f": {words} …"))


def interrupted(what: What) -> Message:
    """In the place of what said that a file is being made, where whoever made it was stopped."""
    again = "/charter person export" if what is What.OWN_DATA else "/charter export"
    return message(
        paragraph(
            "I was interrupted while I prepared this file. If it has not come, ask for it again: ",
            code(again),
            ".",
        )
    )


def done(
    title: str,
    file: str,
    projects: int,
    private: Sequence[str],
    *,
    form: Form = Form.XLSX,
    is_kept: bool = True,
    here: bool = False,
) -> Message:
    """What the file is and holds; with a word of warning where not everybody may know of all of it,
    or where it could not be kept. `here`: for all who read the place.
    """
    who = "everybody here can see" if here else "you can see"
    return message(
        paragraph(
            f"Here is the {KINDS[form]} ",
            bold(name(title)),
            f", with {counted(projects, 'project')} that {who}: {name(file)}",
        ),
        quiet(_warning(private)),
        quiet("" if is_kept else "I could not keep it just now, to merge it when it comes back."),
    )


def left_out(names: Sequence[str]) -> Message:
    """To the one who asked alone: what they see, and not all who read the file."""
    return message(paragraph(bold("Left out: "), _left(names)))


def _left(names: Sequence[str]) -> str:
    many = counted(len(names), "project")
    return f"{many} that you can see, and not everybody there: {listed(names, 5)}."


def _warning(private: Sequence[str]) -> str:
    if not private:
        return ""
    return f"It contains private projects: {listed(private)}. Pass it on with care."


def own_data_begun() -> Message:
    """To the one who asked what is kept of them."""
    return message(
        paragraph("I am gathering all that I keep of you. It comes in your direct message with me.")
    )


def own_data_done() -> Message:
    return message(
        paragraph("Here is all that I keep of you, as JSON: my-data.json."),
        quiet(
            "It leaves out what is of projects that you may not see. An admin can take your name "
            "out of everything: /charter person erase."
        ),
    )


# What comes by itself


def by_itself(told: News, file: str, late: Late | None) -> Message:
    """What changed since the last one, in five lines at most, with the file in the thread; where
    nothing did (no `file`) that alone.
    """
    if told.since and not file:
        return message(paragraph(f"{told.since}. "), lateness.late(late))
    of = counted(len(told.projects), "project")
    local = told.now.astimezone(ZoneInfo(told.zone))
    head: list[str | Piece] = [
        bold(name(told.title)),
        f", {of}, as of {local.day} {local:%b %H:%M %Z}: {name(file)}. ",
        told.since or "It is the first one.",
    ]
    some = told.lines[: MOST_NEWS if late is None else MOST_NEWS - 1]
    more = told.changes - len(some)
    rows = [[name(line, LONGEST)] for line in some]
    if more > 0:
        rows[-1:] = [[*rows[-1], f" – and {more:,} more, in the sheet Changes"]]
    return message(paragraph(*head), bullets(rows) if rows else [], lateness.late(late))


def without_file() -> Message:
    """What is said below a message whose file did not come."""
    return message(
        quiet(
            "Slack did not take the file. An admin finds why with app.py doctor; until then "
            "/charter export brings one."
        )
    )


def planned(shown: ExportShown) -> Message:
    """When a file comes, where and what it leaves out there, after it was set so or ended."""
    undone = "Taken back. " if shown.undone else ""
    undoable = "It can be undone for 10 minutes." if shown.undo_until else ""
    if shown.plan is None or shown.next_at is None:
        return message(
            paragraph(
                undone, bold(name(shown.title)), f" comes by itself no more {_where(shown)}."
            ),
            quiet(undoable),
            actions(*_undo(shown)),
        )
    return message(
        paragraph(undone, *_sentence(shown, shown.plan)),
        *_more(shown, shown.plan),
        quiet(undoable),
        actions(*_buttons(shown), *_undo(shown)),
    )


def plans(shown: Sequence[ExportShown]) -> Message:
    """All that come here, to the one who asks, and what they have set elsewhere."""
    if not shown:
        return message(
            paragraph("No file comes by itself, here or to you."),
            quiet("Let one come: /charter export portfolio every Monday at 8:00"),
            actions(_new()),
        )
    parts: list[Block | list[Block]] = []
    for one in shown[:MOST_PLANS]:
        if one.plan is not None:
            told = [paragraph(*_sentence(one, one.plan)), *_more(one, one.plan)]
            parts += [*told, actions(*_buttons(one)), divider()]
    rest = len(shown) - MOST_PLANS
    return message(
        header("Files that come by themselves"),
        *parts,
        quiet(f"and {rest} more" if rest > 0 else ""),
        actions(_new()),
    )


MOST_PLANS = 8


def _sentence(shown: ExportShown, plan: ExportPlan) -> list[str | Piece]:
    return [bold(name(shown.title)), f" comes {_where(shown)} {plan.words}."]


def _where(shown: ExportShown) -> str:
    return f"to #{name(shown.place.name)}" if shown.place else "to you, by direct message,"


def _more(shown: ExportShown, plan: ExportPlan) -> list[Block | list[Block]]:
    zone = plan.when.zone
    rests = "Nothing is told there now: the channel is gone, or not everybody there may know of it."
    if shown.rest is not None:
        rests = f"It rests: {RESTS[shown.rest]}"
    next_one: Block | list[Block] = (
        paragraph(rests)
        if shown.rests or shown.next_at is None
        else paragraph("The next one: ", bold(moment(shown.next_at, zone)), ".")
    )
    by = f"set by {name(shown.set_by.name)}" if shown.set_by else "set by the operator"
    holds = "what everybody there may see" if shown.place else "what you may see"
    return [
        next_one,
        missed(shown.missed, zone),
        quiet(f"Left out: {_left(shown.left_out)}" if shown.left_out else ""),
        quiet(f"It holds {holds}; it was {by}."),
    ]


def _new() -> Block:
    return button("New", Act.COMMAND_RUN, {"c": spoken(OpenExport())}, spoken="Let a file come")


def _buttons(shown: ExportShown) -> list[Block]:
    values = {"n": shown.number}
    return [
        button("Change", Act.EXPORT_PLAN, values, spoken=f"Change when {shown.title} comes"),
        button("Stop", Act.EXPORT_STOP, values, spoken=f"Let {shown.title} come no more"),
    ]


def _undo(shown: ExportShown) -> list[Block]:
    if shown.undo_until is None:
        return []
    return [button("Undo", Act.EXPORT_UNDO, {"s": shown.seq}, spoken="Undo how it was set")]
