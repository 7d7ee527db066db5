"""What is open, as whoever may settle it reads it: how often and how, and by nobody's name."""

import re
from collections.abc import Sequence

from sqlmodel import Session

from bot.feedback import OpenQuestion, Section, near_item
from bot.project import Project
from handlers.service.facts import WorkspaceFacts
from storage import feedback
from storage.feedback import Asking, Kept

SHOWN = 8
"""Questions of one list; the rest is counted."""
WORDINGS = 2
"""Of each that are shown, and of what was expected."""
_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def section(
    session: Session, facts: WorkspaceFacts, project: Project | None, most: int = SHOWN
) -> Section:
    """What is open of a project, or (None) of none."""
    kept = feedback.listed(session, facts.workspace, project.id if project else None)
    askings = feedback.askings(session, [one.id for one in kept[:most]])
    shown = [opened(one, askings[one.id], project, facts) for one in kept[:most]]
    return Section(project, tuple(one for one in shown if one.people), len(kept) - len(shown))


def opened(
    one: Kept, askings: Sequence[Asking], project: Project | None, facts: WorkspaceFacts
) -> OpenQuestion:
    texts = dict.fromkeys(worded(each.text, facts) for each in askings)
    expected = dict.fromkeys(worded(each.expected, facts) for each in askings if each.expected)
    return OpenQuestion(
        id=one.id,
        said=worded(one.said, facts),
        texts=tuple(texts)[:WORDINGS],
        times=one.times,
        people=len(askings),
        wrong=sum(each.is_wrong for each in askings),
        expected=tuple(expected)[:WORDINGS],
        asked_at=one.asked_at,
        near=near_item(one.said, project) if project else None,
    )


def worded(text: str, facts: WorkspaceFacts) -> str:
    """A text as people read it: with the names of those whom it mentions."""

    def called(found: re.Match[str]) -> str:
        person = facts.by_slack.get(found[1])
        return f"@{person.name}" if person else "@somebody"

    return _USER.sub(called, text)
