"""The sentences about who may do what, and about what holds for the whole workspace."""

from bot.errors import Why

OF_ACCESS: dict[Why, str] = {
    Why.BAD_SETTING: (
        "“{value}” will not do for {setting}, which takes {range}. Nothing was changed. For "
        "example: `/charter settings load limit 7`."
    ),
    Why.HOLDER_OUTSIDE: (
        "{name} cannot see {project}, so they can hold no letter there. Let them see it first: "
        "`/charter access @bea editor in Churn Radar`."
    ),
    Why.LEADS_ANYWAY: (
        "{name} leads {project} and may do all of it. `/charter access` shows who may do what."
    ),
    Why.NOTHING_GIVEN_UP: (
        "No message was given up, so there is nothing to send again. `/charter outbox` shows what "
        "waits."
    ),
    Why.NOT_GIVEN_UP: (
        "Number {message} is no message that was given up. `/charter outbox` shows those that "
        "were, with their numbers."
    ),
    Why.NOT_HELD_BACK: (
        "Nothing is held back: what comes by the clock is sent. `/charter digest` shows when."
    ),
    Why.NOT_SHARED: (
        "This channel is not shared with another organisation, so I answer in it anyway. Use "
        "`/charter channel allow` in one that is."
    ),
    Why.SEEN_ANYWAY: "You can see {project} already: `/charter show {project}`.",
}
