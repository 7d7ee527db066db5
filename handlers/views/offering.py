"""A command that somebody typed in a sentence, to be given by a press."""

from bot.commands import cleaned
from handlers.views.acts import LONGEST_VALUE, Act, pack
from handlers.views.kit import Message, actions, button, code, message, name, paragraph


def command(text: str, shown: str) -> Message:
    """The command as Slack sends it, and as people read it; one that is too long for a button is to
    be typed.
    """
    words = f"/charter {cleaned(shown)}"
    if not _fits(text):
        behind = code("/charter")
        return message(paragraph("I have changed nothing. Type it behind ", behind, " to give it."))
    give = button(words, Act.COMMAND_RUN, {"c": text}, spoken=name(f"Give {words}", 70))
    told = paragraph("I have changed nothing. A press gives the command: ", code(words))
    return message(told, actions(give))


def _fits(text: str) -> bool:
    try:
        pack({"c": text}, LONGEST_VALUE)
    except ValueError:
        return False
    return True
