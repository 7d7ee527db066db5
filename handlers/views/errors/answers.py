"""The sentences for answers that cannot be shared, questions that found none, and too many asks."""

from bot.errors import Why

OF_ANSWERS: dict[Why, str] = {
    Why.ASKED_TOO_MUCH: (
        "You have asked me {limit} times within this minute, and I take no more of one person: "
        "wait until the next minute, then ask again."
    ),
    Why.ASKED_TOO_MUCH_TOGETHER: (
        "Your workspace has asked me {limit} times within this minute, and I take no more: wait "
        "until the next minute, then ask again."
    ),
    Why.BUSY: (
        "I am busy just now, with more than I can answer in time, so nothing was done: wait a "
        "moment, then try again."
    ),
    Why.CHANNEL_ARCHIVED: (
        "This channel is archived, so nothing can be posted in it. Bring it back in Slack, or ask "
        "me in another channel, with `/charter ask who owns the data pipeline?`."
    ),
    Why.NOT_A_MEMBER: (
        "You are not in that channel, so nothing was posted. Join it, and ask me there: "
        "`/charter ask who owns the data pipeline?`."
    ),
    Why.NOT_FOR_ALL: (
        "Nothing was posted: what this answer tells is not for everybody who reads that channel. "
        "Share it where all who read along may know, or ask there, with "
        "`/charter ask who owns the data pipeline?`."
    ),
    Why.QUESTION_SETTLED: (
        "This question is not open any more, or not yours to settle, so nothing was changed. See "
        "those that are with `/charter unanswered`."
    ),
}
