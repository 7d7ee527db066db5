"""Who may do what in a project, and what holds for the whole workspace."""

from collections.abc import Mapping

from bot.access import Standing
from bot.outcome import AccessShown, GlassShown, SettingsShown
from bot.people import Person
from bot.project import Project
from bot.rights import Role
from bot.workspace_settings import SETTINGS, RegionSetting, Setting, Value, told
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    bold,
    bullets,
    code,
    counted,
    listed,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart

MOST_ITEMS = 5

_MAY = {
    Role.VIEWER: "look",
    Role.EDITOR: "look and edit",
    Role.ACCOUNTABLE: "look, edit and decide",
    Role.ADMIN: "look, edit and decide, as an admin",
}


def shown(shown: AccessShown) -> Message:
    """Who may do what, and why."""
    people = told_apart(shown.people)
    return message(
        paragraph(bold(name(shown.project.name)), *_everybody(shown.project)),
        bullets(
            [_standing(one, people) for one in shown.standings],
            rest="Ask for somebody by name: /charter ask what does Bea own?",
        )
        if shown.standings
        else {},
        paragraph("You may ", _MAY[shown.mine], " here."),
        quiet(
            "Change it with /charter access @bea viewer, editor or none. That is for those who "
            "answer for the project, and for admins who see it."
        ),
    )


def _everybody(project: Project) -> list[str | Piece]:
    if not project.private:
        return [
            " is public: everybody in this workspace may look and edit, guests only where they "
            "were given a role."
        ]
    listed = " is private: it is there for its lead and for those who are listed"
    if not project.inside:
        return [f"{listed}. For all others it does not exist."]
    inside = f"for {counted(len(project.inside), 'person', 'people')} in its private channels"
    return [f"{listed}, and {inside}. For all others it does not exist."]


def _standing(one: Standing, people: Mapping[int, Person]) -> list[str | Piece]:
    person = people[one.person]
    guest = ", a guest" if person.is_guest else ""
    items = f" for {listed(one.items, MOST_ITEMS)}" if one.items else ""
    reason = one.reason.value
    if items and not reason.startswith("accountable"):
        reason = f"{reason}, accountable"
    return [bold(name(person.name)), f"{guest} – {one.role}: {reason}{items}"]


def broken(shown: GlassShown) -> Message:
    """An admin may look now; and who knows of it."""
    told = listed(shown.told) if shown.told else "the other admins"
    return message(
        paragraph(
            "You may look into ",
            bold(name(shown.project.name)),
            " until ",
            moment(shown.until, "{time}"),
            ", but not change it. It is on record with your reason, and told to ",
            f"{told}.",
        ),
        quiet(
            "Look with /charter show, /charter raci and /charter ask; in a channel I keep it quiet."
        ),
    )


def settings(shown: SettingsShown) -> Message:
    """All settings, or the one that was asked for or changed."""
    some = [one for one in SETTINGS if shown.name in (None, one.name)]
    rows = [_setting(one, getattr(shown.settings, one.name)) for one in some]
    return message(
        _changed(shown),
        bullets(rows),
        paragraph(
            "Nothing is sent by the clock since I was removed, ",
            moment(shown.held_since),
            ". Begin again with ",
            code("/charter resume"),
            ".",
        )
        if shown.held_since
        else {},
        quiet(
            "Change one with /charter settings load limit 7; the word default sets it back."
            if shown.can_change
            else "Admins change these: /charter settings load limit 7."
        ),
    )


def _changed(shown: SettingsShown) -> Block:
    if not shown.changed:
        return paragraph("What holds for this workspace:") if shown.name is None else {}
    [line] = shown.changed
    return paragraph(bold(line.label), f": {line.before} → {line.after}")


def _setting(one: Setting | RegionSetting, value: Value) -> list[str | Piece]:
    usual = "" if value == one.default else f" (usually {told(one, one.default)})"
    return [bold(one.words), f": {told(one, value)}{usual}. {one.sentence}"]


def opened(is_open: bool) -> Message:
    """A channel that another organisation shares."""
    if is_open:
        return message(
            paragraph(
                "I answer in this channel now, though another organisation shares it: people of "
                "this workspace alone, and so that nobody else reads it. Nothing is posted here by "
                "itself. Take it back with ",
                code("/charter channel forbid"),
                ".",
            )
        )
    return message(paragraph("I do not answer in this channel any more."))


def resumed() -> Message:
    return message(
        paragraph(
            "What comes by the clock is sent again from now on. What was to come meanwhile is left "
            "out."
        )
    )
