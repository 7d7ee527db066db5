"""What changed, in a digest: in the words that the chat has for it."""

from collections.abc import Mapping

from bot.digests import Part
from bot.digests.edits import LOADED, Net
from bot.people import Person
from bot.project import Item, Letter
from bot.telling import Line
from handlers.views import seats, work
from handlers.views.kit import Piece, bold, listed, name

_NOTE = 160
_LETTERS = {letter.word: letter for letter in Letter}
_BEGUN = {"stage", "component"}


def change(net: Net, part: Part, people: Mapping[int, Person]) -> list[str | Piece]:
    """One thing that is otherwise now, with all who had a hand in it."""
    item = next((one for one in part.project.items if one.id == net.item), None)
    by = _by(net, people)
    if net.label == LOADED:
        return [f"loaded from a document{by}"]
    if net.label == "project":
        return [f"new project{by}"]
    if said := work.clause(Line(net.label, net.before, net.after)):
        return [*_subject(said, net, item, part), by]
    nothing, before, after = "nothing", net.before, net.after
    if letter := _LETTERS.get(net.label):
        nothing = "nobody"
        if item:
            before, after = seats.all_of(item, letter, before, after, people)
    about: list[str | Piece] = [bold(name(item.title)), ": "] if item else []
    return [
        *about,
        f"{name(net.label)} {_brief(before) or nothing} → ",
        bold(_brief(after) or nothing),
        by,
    ]


def _subject(said: str, net: Net, item: Item | None, part: Part) -> list[str | Piece]:
    """A clause under its project, whose name stands above: it is said again only as a subject."""
    if net.label in _BEGUN:
        return [bold(name(net.after or net.before)), said]
    if item is not None:
        return [bold(name(item.title)), said]
    if said.startswith(": "):
        return [seats.capital(said.removeprefix(": "))]
    return [bold(name(part.project.name)), said]


def _brief(text: str) -> str:
    return name(", ".join(text.splitlines()), _NOTE) if text.strip() else ""


def _by(net: Net, people: Mapping[int, Person]) -> str:
    names = [
        people[key].name if key is not None and key in people else "the operator" for key in net.by
    ]
    edits = f", {net.edits} edits" if net.edits > 1 else ""
    return f" (by {listed(names, 3)}{edits})"
