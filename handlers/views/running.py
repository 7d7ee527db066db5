"""What those see on Home who run the workspace: settings, who is known where, how Charter does."""

from collections.abc import Sequence

from bot.commands import ShowOutbox, spoken
from bot.home import Running
from bot.identities import TITLES, PeopleMap, Unmapped
from bot.orders import RetryMessages
from bot.outcome import Finding
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Piece,
    actions,
    bold,
    bullets,
    button,
    counted,
    cut,
    divider,
    header,
    listed,
    moment,
    name,
    paragraph,
    section,
)

MOST_FINDINGS = 5


def running(shown: Running, pager: Sequence[Block]) -> list[Block]:
    """`pager` turns the pages of those who are not known everywhere."""
    return [
        divider(),
        header("For admins"),
        *_held(shown),
        *_health(shown.findings),
        *_again(shown.given_up),
        paragraph(*_map(shown.map)),
        *(_unmapped(one) for one in shown.unmapped.shown),
        *pager,
        *actions(
            button("Settings", Act.COMMAND_RUN, {"c": "settings"}),
            button("Load", Act.COMMAND_RUN, {"c": "load"}, spoken="Show who holds how much"),
        ),
    ]


def _held(shown: Running) -> list[Block]:
    """The clock rests since Charter was taken away."""
    if shown.held_since is None:
        return []
    return [
        paragraph(
            "I was removed from this workspace and am back. Nothing is sent by the clock since ",
            moment(shown.held_since, "{date_short_pretty} at {time}"),
            "; what was to come meanwhile is left out.",
        ),
        *actions(button("Resume", Act.COMMAND_RUN, {"c": "resume"})),
    ]


def _health(findings: Sequence[Finding]) -> list[Block]:
    if not findings:
        return [
            paragraph(
                bold("Health: "),
                "no message was given up, and everybody and every channel can be reached.",
            )
        ]
    rows: list[list[str | Piece]] = [
        [bold(f"{cut(one.what, 300)}."), f" {cut(one.mend, 300)}"] for one in findings
    ]
    told = paragraph(bold("Health: "), f"{counted(len(findings), 'thing')} to look at.")
    return [told, bullets(rows, MOST_FINDINGS, "; app.py doctor tells all of them")]


def _again(given_up: int) -> list[Block]:
    """What was given up can be sent again, or be looked at first."""
    if not given_up:
        return []
    again, each = spoken(RetryMessages()), spoken(ShowOutbox())
    return actions(
        button("Send again", Act.COMMAND_RUN, {"c": again}, spoken="Send again what was given up"),
        button("Look at it", Act.COMMAND_RUN, {"c": each}, spoken="Show what was given up"),
    )


def _map(people: PeopleMap) -> list[str | Piece]:
    known = [f"{_service(kind)} of {number}" for kind, number in people.known.items()]
    told: list[str | Piece] = [
        bold("People: "),
        f"of {people.people} in the workspace I know {listed(known)}.",
    ]
    if not people.unmapped:
        return told
    return [
        *told,
        f" {counted(len(people.unmapped), 'person is', 'people are')} not known everywhere:",
    ]


def _unmapped(one: Unmapped) -> Block:
    lacks = listed([_service(kind) for kind in one.lacks], last="or")
    fill = button(
        "Fill in",
        Act.PERSON_NAMES,
        {"w": one.person.key},
        spoken=f"Fill in what {name(one.person.name, 40)} is called elsewhere",
    )
    return section(f"{name(one.person.name)}: no {lacks}", fill)


def _service(kind: str) -> str:
    return TITLES.get(kind, kind)
