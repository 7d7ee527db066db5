"""From an error to what a person reads."""

from collections.abc import Mapping

from bot import scope
from bot.commands import Archive, Order, spoken
from bot.errors import (
    Ambiguous,
    BadDocument,
    BadInput,
    CharterError,
    Forbidden,
    GateClosed,
    NotFound,
    Refused,
    SecondAccountable,
    Stale,
    Unavailable,
    Why,
)
from bot.orders import SetStandup
from bot.outcome import ScopeClash
from bot.permissions import ADMIN
from bot.rights import Right
from bot.rounds import AnswerClash
from bot.sources import NEEDS
from handlers.views.acts import Act
from handlers.views.errors.choices import ambiguous, not_found, second_accountable, stale
from handlers.views.errors.filling import filled, sentence
from handlers.views.errors.gates import gate_closed
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bullets,
    button,
    code,
    counted,
    listed,
    message,
    name,
    paragraph,
    piece,
)

_AT_THE_COMMAND_LINE = {
    "person": "People go by their keys in the workspace document: app.py dump prints it.",
    "project": "Projects go by name, alias or key: app.py dump prints them.",
    "item": "Stages and components go by title, alias or key: app.py dump prints them.",
    "source": f"There are {listed([*NEEDS])}, once set up: see docs/settings.md.",
    "workspace": "app.py doctor lists the workspaces.",
}
"""What to do next at the command line, by what is not known."""


def worded(error: CharterError, order: Order | SetStandup | None = None) -> Message:
    """What went wrong and what to do next.

    With the `order` that failed, suggestions and options become buttons that run it again,
    put right.
    """
    match error:
        case NotFound():
            return not_found(error, order)
        case Ambiguous():
            return ambiguous(error, order)
        case SecondAccountable():
            return second_accountable(error, order)
        case Stale():
            return stale(error, order)
        case GateClosed():
            return gate_closed(error)
        case BadDocument():
            return _bad_document(error)
        case ScopeClash():
            return _clash(error)
        case AnswerClash():
            return _answer_clash(error)
        case Refused(why=Why.ARCHIVED):
            return message(paragraph(*_said(error)), actions(*_unarchive(error.facts)))
        case _:
            return message(paragraph(*_said(error)))


def plain(error: CharterError) -> str:
    """The same for the command line, where no button and no slash command helps."""
    match error:
        case NotFound(what="workspace", text=""):
            return (
                "There is no workspace on record yet. Connect Slack, or load a workspace document "
                "with app.py load FILE. What the playground keeps is there with "
                "--database sqlite:///var/playground.db."
            )
        case NotFound(what=what):
            way_on = _AT_THE_COMMAND_LINE.get(what, "See app.py --help.")
            return f"{worded(error).text.splitlines()[0]}\n{way_on}"
        case BadInput(why=Why.NO_CHANNEL) | Refused(why=Why.NO_CHANNEL):
            return "Say which project, as in --project berth."
        case _:
            return worded(error).text


def unexpected(reference: str) -> Message:
    """For what nobody foresaw: an apology and what an admin needs to find it in the log."""
    return message(
        paragraph(
            "Something went wrong on my side, and nothing was changed as far as I know. Please try "
            "again; if it happens twice, give your admin this reference: ",
            code(reference),
        )
    )


_NOT_YOURS: Mapping[Right, str] = {
    Right.LOOK: "You may not look at {}.",
    Right.EDIT: "You may look at {}, but not change it.",
    Right.ANSWER: "That is for those who answer for {}.",
    Right.RUN: "That is for the admins of {}.",
}


def _said(error: CharterError) -> list[Piece]:
    match error:
        case BadInput(why=why, facts=facts) | Refused(why=why, facts=facts):
            return filled(sentence(why, facts), facts)
        case Forbidden(right=right, about=about, who_can=who):
            able = f" Ask {listed(who or (ADMIN,), 5, 'or')}."
            where = name(about) if about else "this workspace"
            return [piece(_NOT_YOURS[right].format(where) + able)]
        case Unavailable(what=what):
            return [
                piece(
                    f"I cannot reach {_called(what)} just now, so nothing was written. Please try "
                    "again in a minute."
                )
            ]
        case _:
            return [piece("That did not work. "), *filled("See `/charter help`.", {})]


def _called(what: str) -> str:
    """What is away, as people speak of it."""
    return "the database" if what == "database" else name(what)


def _unarchive(facts: Mapping[str, str]) -> list[Block]:
    """What brings the project back, by its key: another one may have its name by now."""
    if "key" not in facts:
        return []
    command = spoken(Archive(facts["key"], archived=False))
    spoken_as = f"Bring {name(facts.get('project', ''), 40)} back"
    return [button("Unarchive", Act.COMMAND_RUN, {"c": command}, spoken=spoken_as)]


def _clash(error: ScopeClash) -> Message:
    """Where no form can show both: which fields, and that nothing of it was saved."""
    fields = [
        scope.words(one.field) if one.field in scope.FIELD else one.field for one in error.taken
    ]
    return message(
        paragraph(
            f"Nothing was saved: somebody else changed {listed(fields)} of "
            f"{name(error.project.name)} meanwhile. See how it stands with ",
            code("/charter scope"),
            ", then edit it again.",
        )
    )


def _answer_clash(error: AnswerClash) -> Message:
    """Where no form can show both."""
    names = [name(asked.project.name) for asked, _ in error.pages]
    return message(
        paragraph(
            f"Nothing was saved: you answered the standup of {listed(names)} in another place "
            "meanwhile. Press the button again to see both."
        )
    )


def _bad_document(error: BadDocument) -> Message:
    rows: list[list[str | Piece]] = [
        [code(name(each.path, 200)), f": {name(each.message, 300)}"] for each in error.problems
    ]
    return message(
        paragraph(
            f"The document has {counted(len(rows), 'fault')}; nothing of it was written. "
            "Mend these and load it again:"
        ),
        bullets(rows, 25),
    )
