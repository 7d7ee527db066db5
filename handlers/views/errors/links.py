"""The sentences about what is linked and followed, and about repositories."""

from collections.abc import Mapping

from bot.errors import Why
from bot.sources.base import Why as Trouble

OF_LINKS: dict[Why, str] = {
    Why.BAD_URL: (
        "“{url}” is no address that can be linked. Write it in full, without a user name in it: "
        "`/charter link https://github.com/acme/churn/pull/7`."
    ),
    Why.BAD_RULE: (
        "“{rule}” says nothing of what happens there. Of a repository name a label, branch or "
        "path, of an experiment a tag with its value: `/charter follow acme/churn label data`."
    ),
    Why.NOT_FOLLOWED: (
        "{project} does not follow {rule}. See what it follows with `/charter follow`."
    ),
    Why.NO_STREAM: (
        "“{url}” is no repository or experiment of a source that I am set up to read. Give the "
        "address of one: `/charter follow https://github.com/acme/churn`."
    ),
    Why.NO_CODE_HOST: (
        "No code host is set up that I could read CODEOWNERS of. An admin sets `GITHUB_APP_ID` "
        "with its key, or `GITHUB_TOKEN`; then try again."
    ),
    Why.NO_REPOSITORY: (
        "“{url}” is no repository of the code host that I am set up to read. Write its owner and "
        "its name: `/charter codeowners acme/churn`."
    ),
    Why.REPOSITORY_BARRED: (
        "{repository} is none of the repositories that I may read here. An admin adds it to "
        "`GITHUB_REPOSITORIES`; then try again."
    ),
    Why.REPOSITORY_UNSEEN: (
        "I could not read CODEOWNERS of {repository} just now. Try `/charter codeowners "
        "{repository}` again in a few minutes."
    ),
}

_UNSEEN: Mapping[str, str] = {
    Trouble.UNAUTHORISED: (
        "GitHub does not accept my credentials, so I cannot read CODEOWNERS of {repository}. An "
        "admin looks at what `app.py doctor` says of it."
    ),
    Trouble.FORBIDDEN: (
        "GitHub does not let me read CODEOWNERS of {repository}. {detail} Ask an owner of it to "
        "set that right for my GitHub App or token."
    ),
    Trouble.NOT_FOUND: (
        "GitHub knows no repository {repository}, or hides it from me: it was deleted, or my "
        "GitHub App or token may not see it. See what is followed with `/charter follow`."
    ),
    Trouble.RATE_LIMITED: (
        "GitHub has been asked too much, so I cannot read CODEOWNERS of {repository} just now. Try "
        "`/charter codeowners {repository}` again in an hour."
    ),
    Trouble.GARBAGE: (
        "What GitHub answers about {repository} makes no sense to me. An admin looks at what "
        "`app.py doctor` says of it."
    ),
}


def unseen(facts: Mapping[str, str]) -> str:
    """Why a repository could not be looked at."""
    found = _UNSEEN.get(facts.get("trouble", ""), OF_LINKS[Why.REPOSITORY_UNSEEN])
    return found if facts.get("detail") else found.replace("{detail} ", "")
