"""The sentences about who is away."""

from bot.errors import Why

OF_PRESENCE: dict[Why, str] = {
    Why.AWAY_ALREADY: (
        "{name} is away from {from} to {until} already, and that covers it. To come back earlier, "
        "end that with `/charter away off`, then say the days anew."
    ),
    Why.AWAY_BACKWARDS: (
        "The last day, {date}, lies before the first. Say both: `/charter away 3-7 August`."
    ),
    Why.AWAY_LONG: (
        "Until {date} is longer than a year. Say days within a year: "
        "`/charter away 3 August to 28 August`."
    ),
    Why.AWAY_OVER: (
        "{date} is over. Say days that are still to come: `/charter away until Wednesday`."
    ),
    Why.NOT_AWAY: (
        "{name} is not away, so there is nothing to end. See the days with `/charter away`."
    ),
}
