"""What is said where letters cannot be given, taken or acted for."""

from bot.errors import Why

OF_LETTERS: dict[Why, str] = {
    Why.BAD_LETTER: (
        "“{letters}” is not a RACI letter. Allowed are A, R, C and I, also together: "
        "`/charter raci data pipeline A/R @bea`."
    ),
    Why.FUTURE_DATE: (
        "{date} is still to come. A letter can begin today or earlier: leave the date out, or "
        "write `since 2026-03-01`."
    ),
    Why.GROUP_ACCOUNTABLE: (
        "{group} is a group; only one person (or a vacant seat) can be accountable. Name a person: "
        "`/charter raci data pipeline A @bea`. The group can be responsible: R."
    ),
    Why.HELD_THEN: (
        "{name} had the {letters} of {item} {when} already, so nothing was changed. Leave the day "
        "out, so that it begins now: `/charter raci ITEM {letters} HOLDER`."
    ),
    Why.GUEST_ACCOUNTABLE: (
        "{name} is a guest here, and a guest cannot be accountable. Name a member: "
        "`/charter raci data pipeline A @bea`. The guest can be responsible: R."
    ),
    Why.HOLDER_IS_BOT: "{name} is a bot and cannot hold a letter. Name a person instead.",
    Why.HOLDER_LEFT: (
        "{name} has left and cannot take a letter. Name somebody else, or leave the seat open: "
        "`/charter raci data pipeline A vacant Data Engineer`."
    ),
    Why.NOT_HELD: (
        "There is nothing to take away: {item} does not have {letters}. See how it stands with "
        "`/charter show`."
    ),
    Why.BAD_PERIOD: (
        "The last day, {date}, lies before the first. Say both: "
        "`/charter delegate @dan from 3 August to 14 August`."
    ),
    Why.DELEGATE_BLIND: (
        "{name} may not see {project}, where there are letters to act for, so nothing was changed. "
        "Let them into it first, or name another project at the end: `in Churn Radar`."
    ),
    Why.DELEGATE_OUTSIDE: (
        "{name} is no member here and cannot act for anybody. Name a member: "
        "`/charter delegate @dan from 3 August to 14 August`."
    ),
    Why.DELEGATE_SELF: (
        "{name} cannot act for themselves. Name somebody else: "
        "`/charter delegate @dan from 3 August to 14 August`."
    ),
    Why.DELEGATED: (
        "Somebody acts for {name} already from {from} to {until}. Call that off first, with "
        "`/charter delegate off`, or choose other days."
    ),
    Why.NO_DELEGATE: (
        "Nobody acts for {name}, so there is nothing to call off. See it with "
        "`/charter delegate show`."
    ),
    Why.PAST_DATE: (
        "{date} is over. Say days that are still to come: "
        "`/charter delegate @dan from 3 August to 14 August`."
    ),
    Why.NO_OFFER: (
        "No hand-over of {item} waits for an answer. Offer one with "
        "`/charter raci data pipeline A @bea hand over`."
    ),
    Why.NOT_YOUR_OFFER: (
        "This hand-over is for {name} to answer. You see how it stands with "
        "`/charter raci data pipeline`."
    ),
    Why.OFFER_OPEN: (
        "{item} is on its way to {name}, who has not answered yet. Call that off first: "
        "`/charter raci data pipeline call off hand over`."
    ),
    Why.STRANGER: (
        "{name} belongs to another organisation and cannot hold a letter here. Name somebody of "
        "yours: `/charter raci data pipeline A @bea`."
    ),
}
