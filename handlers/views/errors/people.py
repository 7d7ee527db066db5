"""What is said where something about people cannot be done."""

from bot.errors import Why

OF_PEOPLE: dict[Why, str] = {
    Why.BAD_IDENTITY: (
        "I keep no names for “{kind}”. There are: {known}. For example: "
        "`/charter person link @bea github=bea-x`."
    ),
    Why.BAD_LOGIN: (
        "“{value}” cannot be a name for {kind}. Write it as it stands there, without blanks: "
        "`/charter person link @bea github=bea-x`."
    ),
    Why.SHARED_LOGIN: (
        "“{value}” at {kind} is the user of a machine, whoever works there, and so nobody's name. "
        "Let runs say whose they are by the tag `charter.by`, or where they ran by `host.name`: "
        "`/charter person link @bea mlflow={value}@gpu3`."
    ),
    Why.LOGIN_TAKEN: (
        "{value} at {kind} is {name} already. Take it away there first: "
        "`/charter person unlink @bea github=bea-x`."
    ),
    Why.MERGE_LEFT: (
        "{other} has left, so {name} cannot become them. Name the account that is in use last: "
        "`/charter person merge @old into @new`."
    ),
    Why.MERGE_ONESELF: (
        "Your own account can only be merged by another admin, for it would let you see what is "
        "private to {name}. Ask one to type `/charter person merge @old into @new`."
    ),
    Why.MERGE_SAME: (
        "{name} is one person already. Name two: `/charter person merge @old into @new`."
    ),
    Why.MERGE_UNLIKE: (
        "{name} and {other} cannot be one person: one is a bot, or belongs to another "
        "organisation. Name two people: `/charter person merge @old into @new`."
    ),
    Why.NOT_ERASABLE: (
        "{name} is no name that could be erased. Name a person: `/charter person erase @bea`."
    ),
    Why.NOT_YOURS: (
        "What is kept of {name} is for them alone. Your own comes with `/charter person export`."
    ),
    Why.NOT_MERGED: (
        "Nobody called {name} was merged into somebody. See `/charter person @bea` for who was."
    ),
    Why.TOO_MANY_LOGINS: (
        "Nobody has more than {number} names for {kind}. Take one away first: "
        "`/charter person unlink @bea github=bea-x`."
    ),
    Why.SEATS_FILLED: (
        "No seat that {name} left waits for you any more. See who holds what with "
        "`/charter raci in PROJECT`."
    ),
}
