"""What became of the answers that somebody gave."""

from collections.abc import Sequence

from bot.people import Person
from bot.project import Project
from bot.rounds import Answered, Asked
from handlers.views import changes
from handlers.views.kit import (
    Block,
    Message,
    bold,
    bullets,
    listed,
    message,
    name,
    paragraph,
    quiet,
)
from handlers.views.standups.asking import whereto, withheld
from handlers.views.standups.days import day_in_words


def noted(answered: Answered, by_name: str) -> Message:
    """That answers were taken; with the changes that they made, each of which can be undone."""
    own = [one for one in answered.asked if one.entry.id not in answered.elsewhere]
    blocks: list[Block] = [
        paragraph(
            "Noted for the standup of ",
            bold(listed([name(one.project.name) for one in own])),
            f", {day_in_words(answered.whole.day)}.",
        )
    ]
    blocks += [_also(one) for one in answered.asked if one.entry.id in answered.elsewhere]
    blocks += [_not_taken(one) for one in answered.archived]
    for one in answered.asked:
        blocks += withheld(one)
    if len(own) == 1:
        blocks.append(quiet(whereto(own[0])))
    made = [changes.done(moved, by_name).blocks for moved in answered.moved]
    return message(*blocks, *made)


def still_there(team: Project, author: Person, blockers: Sequence[str]) -> Message:
    """To whoever set the standup of a team, in which nobody is accountable: what blocks somebody
    for the third time.
    """
    return message(
        paragraph(
            bold(name(author.name)),
            f" says for the third time in the standup of {name(team.name)} that this is there "
            "still:",
        ),
        bullets([[one] for one in blockers]),
        quiet(
            "A user group has nobody accountable, so whoever set its standup (else an admin) hears "
            "of it. I say this once."
        ),
    )


def _not_taken(one: Asked) -> Block:
    return paragraph(
        bold(name(one.project.name)), " is archived by now: nothing was taken for its standup."
    )


def _also(one: Asked) -> Block:
    """A line went to another project, whose standup is answered by that."""
    return paragraph("What you said of ", bold(name(one.project.name)), " went to its own standup.")
