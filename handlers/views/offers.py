"""A hand-over put to whoever has to answer it, and what became of it."""

from collections.abc import Mapping

from bot.moments import day
from bot.people import Person
from bot.project import Item, Offer, OfferState, Project
from handlers.views.acts import Act, Values
from handlers.views.kit import (
    LONGEST_TEXT,
    Block,
    Message,
    Piece,
    actions,
    bold,
    button,
    cut,
    listed,
    message,
    moment,
    name,
    paragraph,
)
from handlers.views.names import told_apart

People = Mapping[int, Person]


def asked(
    project: Project, item: Item, offer: Offer, people: People, *, again: bool = False
) -> Message:
    """The question, with the ways to answer it."""
    told = told_apart(people)
    since = moment(offer.offered_at, "{date_short_pretty} at {time}")
    waits: list[str | Piece] = [" It waits for you since ", since, "."] if again else []
    return message(
        paragraph(*wish(project, item, offer, told)),
        paragraph(_means(offer, told), *waits),
        actions(*answers(item, offer)),
    )


def wish(project: Project, item: Item, offer: Offer, people: People) -> list[str | Piece]:
    about: list[str | Piece] = [bold(name(item.title)), f" ({name(project.name)})"]
    giver, receiver = _name(offer.giver, people), _name(offer.receiver, people)
    if offer.is_request:
        return [bold(receiver), " asks to take over ", *about, " from you."]
    if offer.offered_by == offer.giver:
        return [bold(giver), " wants to hand ", *about, " over to you."]
    by = _name(offer.asker, people) if offer.offered_by is not None else "The operator"
    return [bold(by), " proposes that you take over ", *about, f" from {giver}."]


def _means(offer: Offer, people: People) -> str:
    words = listed([letter.word for letter in offer.letters], 4)
    since = f", since {day(offer.since)}" if offer.since else ""
    if offer.is_request:
        receiver = _name(offer.receiver, people)
        return f"{receiver} would be {words}{since}. Until you accept, you stay accountable."
    giver = _name(offer.giver, people)
    return f"You would be {words}{since}. Until you accept, {giver} stays accountable."


def answers(item: Item, offer: Offer) -> list[Block]:
    values: Values = {"f": offer.id}
    title = name(item.title, 40)
    accept = button(
        "Accept", Act.OFFER_ACCEPT, values, style="primary", spoken=f"Accept to hand over {title}"
    )
    decline = button("Decline", Act.OFFER_DECLINE, values, spoken=f"Decline to hand over {title}")
    ask = button("Ask", Act.OFFER_SAY, values, spoken=f"Ask about the hand-over of {title}")
    return [accept, decline, ask]


def settled(project: Project, item: Item, offer: Offer, people: People) -> Message:
    """What became of an offer, the same for both sides."""
    told = told_apart(people)
    by = _name(offer.answered_by, told) if offer.answered_by is not None else "Charter"
    when: list[str | Piece] = [" ", moment(offer.answered_at)] if offer.answered_at else []
    about: list[str | Piece] = [bold(name(item.title)), f" ({name(project.name)})"]
    giver, receiver = _name(offer.giver, told), _name(offer.receiver, told)
    way = f"The hand-over of {name(item.title)} from {giver} to {receiver}"
    stays = f"{giver} stays accountable for "
    said: list[str | Piece]
    what: list[str | Piece] = []
    match offer.state:
        case OfferState.ACCEPTED:
            said = [bold(receiver), " is accountable for ", *about, " now."]
            what = [f"{by} accepted the hand-over from {giver}", *when, "."]
        case OfferState.OVERTAKEN:
            said = [f"{way} is off: ", *about, " has changed meanwhile."]
            what = [f"{by} changed it", *when, "."]
        case OfferState.EXPIRED:
            said = [stays, *about, ": the hand-over was not answered in time."]
            what = [f"{way} was offered ", moment(offer.offered_at), "."]
        case OfferState.DECLINED:
            to = "" if by == receiver else f" to {receiver}"
            said = [stays, *about, f": {by} declined the hand-over{to}", *when, "."]
        case _:
            said = [stays, *about, f": the hand-over to {receiver} was called off."]
            what = [f"{by} called it off", *when, "."]
    return message(paragraph(*said), paragraph(*what) if what else {})


def taken_back(
    project: Project, item: Item, offer: Offer, by: int | None, people: People
) -> Message:
    """That an accepted hand-over was undone, in the place of the word that it was accepted."""
    told = told_apart(people)
    who = _name(by, told) if by is not None else "The operator"
    giver, receiver = _name(offer.giver, told), _name(offer.receiver, told)
    about: list[str | Piece] = [bold(name(item.title)), f" ({name(project.name)})"]
    return message(
        paragraph("It is as before again: ", bold(receiver), " has not taken over ", *about, "."),
        paragraph(f"{who} took back the hand-over from {giver}."),
    )


def said(project: Project, item: Item, offer: Offer, by: int, text: str, people: People) -> Message:
    """What one side of an offer says to the other, who can say something back."""
    told = told_apart(people)
    ways = (
        answers(item, offer)
        if by != offer.answerer
        else [
            button(
                "Reply",
                Act.OFFER_SAY,
                {"f": offer.id},
                style="primary",
                spoken=f"Reply about the hand-over of {name(item.title, 40)}",
            ),
            button("Call it off", Act.OFFER_CANCEL, {"f": offer.id}),
        ]
    )
    return message(
        paragraph(
            bold(_name(by, told)),
            f" about the hand-over of {name(item.title)} ({name(project.name)}):",
        ),
        paragraph(f"“{cut(name(text, LONGEST_TEXT), 2000)}”"),
        actions(*ways),
    )


def sent(to: int, people: People) -> Message:
    """What was said is on its way."""
    return message(paragraph(f"I told {_name(to, told_apart(people))}, who can reply."))


def _name(person: int | None, people: People) -> str:
    return name(people[person].name) if person in people and person is not None else "somebody"
