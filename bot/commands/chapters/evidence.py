"""What shows how it goes: pull requests, runs and other pages."""

from bot.commands.chapter import Command
from bot.commands.codeowners import read_codeowners
from bot.commands.following import read_follow, read_unfollow
from bot.commands.links import read_link
from bot.commands.measuring import read_best, read_burn_up, read_compare
from bot.commands.review_lists import read_reviews

EVIDENCE: tuple[Command, ...] = (
    Command(
        "link",
        (
            "link URL",
            "link URL to ITEM",
            "link URL to ITEM in PROJECT",
            'link URL "TITLE"',
            "link URL review DATE",
            "link URL no review",
        ),
        "link https://github.com/acme/churn/pull/7 to data pipeline",
        "link a pull request, an experiment run or any page to a stage or project",
        read_link,
        (
            "Of a pull request or run it posts a card that is kept up to date: in this channel if "
            "everybody here may know of the project, else in your direct messages. Pasting the "
            "address in the project's channel does the same, in the thread.",
            "Any other address is kept among the project's links, by the TITLE that you give it, "
            "and never called; a page of Notion has its own title, its owner and its last edit.",
            "A document may have a day by which it is to be looked through (`review 1 March`, "
            "`review in 3 months`): whoever is accountable for its stage, else the lead, hears of "
            "it.",
        ),
    ),
    Command(
        "follow",
        (
            "follow",
            "follow URL",
            "follow URL to ITEM in PROJECT",
            "follow URL label NAME to ITEM",
            "follow URL branch PREFIX to ITEM",
            "follow URL path PATTERN to ITEM",
            "follow URL tag NAME=VALUE to ITEM",
            "follow without bots",
            "follow without label NAME",
            "follow only author NAME",
            "follow with drafts",
        ),
        "follow https://github.com/acme/churn label data to data pipeline",
        "let what happens in a repository or experiment belong to a stage by itself",
        read_follow,
        (
            "URL is the address of a repository (`acme/churn` does as well) or of an experiment. "
            "With a label, a branch, a path or a tag only what has it belongs there. BRANCH is how "
            "its name begins; PATTERN is a folder (`data/`) or a file (`*.sql`).",
            "Of what fits several rules the earlier of these holds: what somebody linked by hand, "
            "`charter:churn/data-pipeline` in its text (`charter.project` among a run's tags), a "
            "label or tag, a branch, a path, a commit, all the rest. Its card says which, and what "
            "disagreed.",
            "A pull request that is linked like that gets one card in the project's channel, which "
            "is kept up to date; what happens to it is said in the card's thread. `follow without` "
            "leaves out those of bots, drafts, a label, an author or a path, `follow only` all "
            "others, and `follow with` ends either.",
            "Alone it shows what the project follows.",
        ),
    ),
    Command(
        "unfollow",
        (
            "unfollow URL",
            "unfollow URL in PROJECT",
            "unfollow URL label NAME",
            "unfollow URL branch PREFIX",
            "unfollow URL path PATTERN",
            "unfollow URL tag NAME=VALUE",
        ),
        "unfollow https://github.com/acme/churn label data",
        "let it belong there no more; what is linked stays linked",
        read_unfollow,
    ),
    Command(
        "reviews",
        ("reviews", "reviews me", "reviews in PROJECT", "reviews me in PROJECT"),
        "reviews me",
        "show which pull requests wait for a review, whose, and for how long",
        read_reviews,
        (
            "In a project's channel those of the project, elsewhere those of all projects that you "
            "see. The longest wait comes first, counted in the working hours of whoever is asked: "
            "asked on Friday at 17:00, it is 2 hours on Monday at 9:00. Who is away is said, and "
            "who acts for them. Drafts, and what a program opened, are left out.",
        ),
    ),
    Command(
        "codeowners",
        ("codeowners REPOSITORY", "codeowners REPOSITORY in PROJECT"),
        "codeowners acme/churn",
        "where CODEOWNERS and letters disagree, and the lines that would settle it",
        read_codeowners,
        (
            "Which path belongs to which stage is what `follow URL path PATTERN to ITEM` says; "
            "without a project those of all projects that you see are looked at. Charter writes "
            "nothing there: copy the lines that you agree with.",
        ),
    ),
    Command(
        "burn-up",
        ("burn-up", "burn-up PROJECT"),
        "burn-up Churn Radar",
        "how much of a metric's gap the runs have closed, and by when the target is met",
        read_burn_up,
        (
            "The day comes from the last improvements (the median of all slopes), and takes "
            "at least three.",
        ),
        also=("burnup",),
    ),
    Command(
        "best",
        ("best", "best by METRIC", "best by METRIC in PROJECT"),
        "best by AUC in Churn Radar",
        "the best finished run by a success metric",
        read_best,
    ),
    Command(
        "compare",
        ("compare RUN RUN", "compare RUN RUN in PROJECT"),
        "compare 0ab12 0cd34",
        "runs side by side: metrics against the target, and the parameters that differ",
        read_compare,
        ("A run is named by its id or how that begins, its name, or its address; up to four.",),
    ),
)
