"""Reviews: the message to who is asked for one, what became of it, and the list of what waits."""

from datetime import timedelta

from bot.links import Card, Sight, ref_title, repo_and_number
from bot.project import Group
from bot.review_lists import ReviewsShown, Wait
from bot.reviewing import Came, Turn
from bot.routing.table import Event
from bot.routing.told import Told
from bot.sources.base import PullRequest
from handlers.views.acts import Act
from handlers.views.kit import (
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    link,
    mention_of_group,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import at_source, told_apart
from handlers.views.notices import because, why

_ENDS = {
    Came.ASKED: "It still waits for a review.",
    Came.MERGED: "It is merged: no review is needed any more.",
    Came.CLOSED: "It is closed: no review is needed any more.",
    Came.DRAFT: "It is a draft again: no review is needed for now.",
    Came.WITHDRAWN: "It waits for your review no more.",
}
_OPINIONS = {
    "approved": "it is approved",
    "changes_requested": "changes are requested",
}


def asked(
    card: Card,
    turn: Turn,
    told: Told,
    key: str,
    *,
    group: Group | None = None,
    is_again: bool = False,
) -> Message:
    """To whoever is asked: `is_again`, if this message asked for it before. `key` is its own."""
    called: list[str | Piece] = [mention_of_group(group.slack_id), " "] if group else []
    again = " again" if is_again else ""
    since: list[str | Piece] = [", asked ", moment(turn.since)] if turn.since else []
    opens = card.linked.ref.url if card.sight is Sight.FULL else ""
    return message(
        paragraph(*called, *_who_asks(card, turn), f"{again}:"),
        paragraph(*_what(card)),
        paragraph("For ", *_where(card), *since, "."),
        quiet(_reason(card, turn, told, group)),
        actions(
            button("Open", Act.LINK_OPEN, url=opens, spoken=f"Open {_short(card)}")
            if opens
            else None,
            why(key),
        ),
    )


def ended(card: Card, turn: Turn, key: str) -> Message:
    """The same message when nothing is to be done about it any more."""
    return message(
        paragraph(*_what(card)),
        paragraph(_end(turn)),
        paragraph("It was for ", *_where(card), "."),
        actions(why(key)),
    )


def _end(turn: Turn) -> str:
    if turn.came is not Came.REVIEWED:
        return _ENDS[turn.came]
    said = _OPINIONS.get(turn.opinion)
    return f"Reviewed: {said}." if said else "Reviewed."


def _who_asks(card: Card, turn: Turn) -> list[str | Piece]:
    """Somebody whom Charter knows by name, else as the host calls them; of a private repository
    nobody.
    """
    if card.sight is not Sight.FULL:
        return ["A review is asked for"]
    people = told_apart(card.people)
    by = at_source(turn.by, card.logins, people) if turn.by else "Somebody"
    whose = "a review" if turn.is_team else "your review"
    return [bold(by), f" asks for {whose}"]


def _what(card: Card) -> list[str | Piece]:
    seen = card.linked.sighting.seen
    if card.sight is not Sight.FULL or not isinstance(seen, PullRequest):
        return [bold(_short(card))]
    by = at_source(seen.author, card.logins, told_apart(card.people))
    return [link(seen.title, seen.ref.url), f" {name(seen.repo)}#{seen.number} by {by}"]


def _short(card: Card) -> str:
    if card.sight is not Sight.FULL:
        return f"Pull request #{repo_and_number(card.linked.ref)[1]}"
    return name(ref_title(card.linked.ref))


def _where(card: Card) -> list[str | Piece]:
    assert card.project is not None
    where: list[str | Piece] = [bold(name(card.project.name))]
    if card.item is not None:
        where += [f", {card.item.kind.value} ", bold(name(card.item.title))]
    return where


def _reason(card: Card, turn: Turn, told: Told, group: Group | None) -> str:
    """Why them: their name at the host, or what they hold where a team is asked. What a team is
    called in a private repository is told to nobody else.
    """
    if told.event is Event.PULL_REVIEW:
        return f"Because you are {name(turn.who)} there."
    team = f"the team {name(turn.who)}" if card.sight is Sight.FULL else "a team"
    if group is not None:
        return f"Because {team} is asked."
    asked = f"{team[0].upper()}{team[1:]} is asked, and no user group here has its name."
    return f"{asked} {because(told, card.people)}"


# --- the list of what waits -----------------------------------------------------------------------

MINUTE = timedelta(minutes=1)
MOST_WAITS = 20


def listed(shown: ReviewsShown) -> Message:
    """What waits for a review, the longest wait first."""
    where: list[str | Piece] = [" in ", bold(name(shown.project.name))] if shown.project else []
    whose = "your review" if shown.is_mine else "a review"
    if not shown.waits:
        return message(paragraph(f"No pull request waits for {whose}", *where, "."))
    return message(
        paragraph(f"What waits for {whose}", *where, ", the longest first:"),
        bullets([_wait(one, shown) for one in shown.waits], MOST_WAITS),
        quiet("Waits are counted in the working hours of whoever is asked."),
    )


def _wait(one: Wait, shown: ReviewsShown) -> list[str | Piece]:
    """ "2 h: Retry the feed acme/churn#7, Bea Lind (away until 2026-12-01; Cy Day acts), Atlas"; of
    what is hidden not whose review it is.
    """
    people = told_apart(shown.people)
    said: list[str | Piece] = [bold(hours_words(one.age)), ": "]
    if one.is_hidden:
        said.append(f"#{one.pull.number} in a private repository")
    else:
        said += [
            link(one.pull.title, one.pull.ref.url),
            f" {name(one.pull.repo)}#{one.pull.number}",
        ]
    facts = []
    if one.back is not None:
        facts.append(f"away until {one.back.isoformat()}")
    if one.acts is not None and one.acts.delegate in people:
        facts.append(f"{name(people[one.acts.delegate].name)} acts for them")
    away = f" ({'; '.join(facts)})" if facts else ""
    if not shown.is_mine and not one.is_hidden:
        who = name(people[one.person].name) if one.person in people else name(one.who)
        said.append(f", {who}{away}")
    if shown.project is None and (project := shown.projects.get(one.linked.project)):
        said.append(f", {name(project)}")
    if one.last_seen:
        said.append(f", {one.last_seen}")
    return said


def hours_words(age: timedelta) -> str:
    """ "40 min", "2 h", "31 h": of working time, where there was any yet."""
    if age < MINUTE:
        return "no working time yet"
    minutes = int(age.total_seconds()) // 60
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h"
