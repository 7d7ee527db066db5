"""Why a team could not install Charter, by Slack's word for it or Charter's own."""

WHOLE_ORGANISATION = "whole_organisation"
TEAM_NOT_NAMED = "team_not_named"
AWAY = "away"

_ANEW = "Begin anew from Charter's install page."

INSTALLING: dict[str, str] = {
    "access_denied": f"You did not let Charter in, so nothing was installed. {_ANEW}",
    "invalid_browser": f"This was begun in another browser, or long ago. {_ANEW}",
    "invalid_state": f"This took longer than ten minutes, or was finished already. {_ANEW}",
    "missing_code": f"Slack sent you here without saying that you let Charter in. {_ANEW}",
    "invalid_code": f"Slack does not know what you let in any more. {_ANEW}",
    WHOLE_ORGANISATION: (
        "Charter is installed in one workspace at a time, not in a whole organisation: begin anew, "
        "and choose a workspace at the top right of Slack's page."
    ),
    TEAM_NOT_NAMED: (
        "This Charter is not for your workspace, so nothing was installed. Ask whoever runs it to "
        "name your workspace in CHARTER_TEAMS."
    ),
    AWAY: "Slack or my database does not answer just now. Begin anew in a minute.",
}
OTHERWISE = f"Slack did not install Charter. {_ANEW}"


def not_installed(why: str) -> str:
    """One sentence for it. What is unknown is not repeated: a stranger may have written it."""
    return INSTALLING.get(why, OTHERWISE)
