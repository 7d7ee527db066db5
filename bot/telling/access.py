"""Who may do what, in words."""

from collections.abc import Mapping

from bot.changes import (
    AccessChange,
    GlassBroken,
    GrantChanged,
    HoldChanged,
    MessagesRetried,
    PrivacyChanged,
    SettingChanged,
    SharedChannelOpened,
    TitlesAllowed,
)
from bot.people import Person
from bot.telling.line import Line, came
from bot.workspace_settings import named, told

EVERYBODY = "everybody"
PRIVATE_TITLES = "titles of what is in private repositories"
FEW = "those who are listed or in its private channels"


def lines(change: AccessChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    match change:
        case GrantChanged():
            who = _name(change.person, people)
            return (Line(f"role of {who}", change.before or "none", change.after or "none"),)
        case PrivacyChanged():
            was, now = (EVERYBODY, FEW) if change.private else (FEW, EVERYBODY)
            return (Line("seen by", was, now),)
        case TitlesAllowed():
            return (came("shows", PRIVATE_TITLES, added=change.allowed),)
        case GlassBroken():
            until = change.until.strftime("%Y-%m-%d %H:%M UTC")
            who = _name(change.person, people)
            return (Line("glass", "", f"broken by {who} until {until}: {change.reason}"),)
        case SettingChanged():
            setting = named(change.name)
            return (Line(setting.words, told(setting, change.before), told(setting, change.after)),)
        case SharedChannelOpened():
            return (came("answers in", change.channel.words, added=change.opened),)
        case MessagesRetried():
            number = len(change.messages)
            what = "1 message" if number == 1 else f"{number} messages"
            return (came("sends again", f"{what} that had been given up", added=True),)
        case HoldChanged():
            return (came("held", "what the clock brings", added=change.after is not None),)


def _name(person: int, people: Mapping[int, Person]) -> str:
    return people[person].name if person in people else "somebody"
