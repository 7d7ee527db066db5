"""The sentences for under the fields of a form. `{name}` is a fact."""

from bot.errors import Why

SHORT: dict[Why, str] = {
    Why.BLOCKED_ALREADY: "That is in its way already. Say something else, or close this form.",
    Why.NOT_BLOCKED: "Nothing is in its way. Choose “Blocked” and say what is, or empty this.",
    Why.OWNS_IT_ALREADY: "It is {name}'s to see to already. Choose somebody else.",
    Why.WHICH_BLOCKER: "Several things are in its way. Write here which one is handed on.",
    Why.OVERRIDE_REASON: "Say why it may pass all the same.",
    Why.BAD_VALUE: "This is no number. Write it like 0.71.",
    Why.DIRECTION_NEEDED: "Say whether higher or lower is better.",
    Why.METRIC_TAKEN: "There is a metric called {metric} already. Choose another name.",
    Why.NO_BASELINE: "A target needs a baseline. Say where it stands today, or empty the target.",
    Why.TARGET_WORSE: (
        "This is worse than the baseline, though {way} is better. Change one of the two."
    ),
    Why.VERDICT_REASON: "Say why it is a {verdict}.",
    # Whatever is typed
    Why.BAD_DATE: "This cannot start before what it follows began. Choose a later date.",
    Why.BAD_NAME: "Write a name with a letter or a digit in it.",
    Why.EMPTY_TEXT: "Please fill this in.",
    Why.NOTHING_CHANGES: "That is how it stands already. Change something, or close this form.",
    Why.TEXT_TOO_LONG: "Shorten this: it has {length} characters where {longest} fit.",
    Why.TOO_MANY: "Leave some out: these are {length} where {longest} fit.",
    Why.WORDS_LEFT_OVER: "Choose a person, an open seat, or somebody from outside.",
    # Projects and channels
    Why.NAME_TAKEN: "There is a project called {name} already. Choose another name.",
    Why.NO_CHANNEL: "This channel cannot be bound. Untick this, and bind another one later.",
    # Letters
    Why.FUTURE_DATE: "Choose today or an earlier day, or leave it empty for today.",
    Why.HELD_THEN: "{name} had it {when} already. Choose a later day, or leave it empty.",
    Why.GUEST_ACCOUNTABLE: "{name} is a guest and cannot be accountable. Choose a member.",
    Why.BAD_PERIOD: "The last day lies before the first. Choose a later one.",
    Why.DELEGATE_BLIND: "{name} may not see {project}. Choose somebody else.",
    Why.DELEGATE_OUTSIDE: "{name} is no member here. Choose somebody else.",
    Why.DELEGATE_SELF: "Choose somebody else.",
    Why.DELEGATED: "Somebody acts already from {from} to {until}. Choose other days.",
    Why.PAST_DATE: "This day is over. Choose a later one.",
    Why.OFFER_OPEN: (
        "This is on its way to {name}, who has not answered yet. Wait for that, or call it off."
    ),
    Why.GROUP_ACCOUNTABLE: (
        "Only one person, or a vacant seat, can be accountable. Choose a person."
    ),
    Why.HOLDER_IS_BOT: "{name} is a bot and cannot hold a letter. Choose a person.",
    Why.HOLDER_LEFT: "{name} has left and cannot take a letter. Choose somebody else.",
    Why.WAIVER_DAY: "Choose a day from today on, within a year.",
    # Risks, assumptions, issues and dependencies
    Why.OWNER_GONE: "{name} has left, or is a bot. Choose somebody else.",
    # Milestones
    Why.NOT_MET_YET: "{date} is still to come. Choose the day on which it was met.",
    # Stages
    Why.REASON_NEEDED: "Say why it is {status}.",
    # Standups and digests
    Why.DIGEST_DAYS: (
        "Tick two days or more for daily, and one day for what comes by the week or on its first, "
        "second, third, fourth or last day of a month."
    ),
    Why.STANDUP_CHANNEL: "This channel does not belong to the project. Choose another one.",
    Why.REPORT_BEFORE: "Choose a time after {time}, when people are asked, or leave it empty.",
    Why.STANDUP_EXPOSED: "The project is private, this channel is not. Choose a private one.",
    Why.GROUP_UNKNOWN: "Slack does not tell me of this user group any more. Choose another one.",
    Why.TEAM_NOWHERE: (
        "I am not in this channel, or you are not. Choose another one, or invite me there first."
    ),
}
"""Refusals and bad input, where no command helps."""

SHORT_MISSING: dict[str, str] = {
    "metric": "Give the metric a name, or empty its baseline and target.",
    "pick": "Choose which of the two shall stand.",
    "answers": "Answer one of the questions, or press “Nothing new” instead.",
    "days": "Choose at least one day.",
    "questions": "Write at least one question, each on a line of its own.",
    "hand": "Choose whom you hand it on to, or say “Resolved” or “Still there”.",
    "holder": "Choose a person, or name the role of an open seat below.",
    "item": "Choose a stage or component.",
    "name": "Give the project a name.",
    "text": "Write what you want to say.",
    "company": "Write it like this: Vera Poe of Label Works.",
    "from": "Choose the first day.",
    "until": "Choose the last day.",
    "role": "Name the role that the open seat is for.",
    "title": "Give the role a name.",
}
