"""The first words: how things stand, and three ways to begin where there is nothing yet."""

from bot.home import HomePage
from bot.outcome import Done
from bot.project import Project
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    bullets,
    button,
    code,
    counted,
    message,
    name,
    paragraph,
    quiet,
)


def welcome(page: HomePage) -> Message:
    """What the bare command says."""
    return _standing(page) if page.projects.total else _beginning()


def _beginning() -> Message:
    return message(
        paragraph(
            "I know who does what in your ML projects, once somebody has told me. "
            "There is no project that you can see yet. ",
            bold("Three ways to begin:"),
        ),
        actions(*ways()),
        quiet("The sample is there for everybody and goes with one click."),
    )


def ways(*, primary: bool = True) -> list[Block]:
    """The three ways to begin."""
    style = "primary" if primary else None
    return [
        button("Try a sample project", Act.SAMPLE_TRY, style=style),
        button("Import a sheet", Act.SHEET_IMPORT, spoken="How a sheet comes into Charter"),
        button("Start here", Act.PROJECT_NEW, spoken="Start a project of your own"),
    ]


def _standing(page: HomePage) -> Message:
    waits = page.waiting.total
    return message(
        paragraph(
            bold(f"{counted(page.projects.total, 'project')} that you can see."),
            f" You are accountable for {counted(page.accountable, 'thing')}; ",
            f"{counted(waits, 'thing waits', 'things wait') if waits else 'nothing waits'} for you"
            f"; {counted(page.gaps.total, 'seat has', 'seats have')} nobody.",
        ),
        quiet("It stands on my Home tab, with its buttons." if waits else ""),
        actions(
            button("What I own", Act.COMMAND_RUN, {"c": "ask what do I own?"}),
            button("Projects", Act.COMMAND_RUN, {"c": "list"}, spoken="List the projects"),
            button("Gaps", Act.COMMAND_RUN, {"c": "gaps"}, spoken="Show what nobody holds"),
            button("New project", Act.PROJECT_NEW),
            removal(page.sample) if page.sample else None,
            button("Help", Act.HELP_SHOW),
        ),
    )


def removal(sample: Project) -> Block:
    """The click with which the sample goes."""
    return button(
        "Remove the sample",
        Act.SAMPLE_REMOVE,
        {"p": sample.key},
        spoken=f"Remove {name(sample.name, 60)}",
    )


def tried(done: Done, question: str) -> Message:
    """The sample stands: what to do with it first."""
    project = done.project
    where = {"p": project.key}
    return message(
        paragraph(
            bold(name(project.name)),
            " stands: it is made up, everybody sees it, and you hold some of its letters. "
            "Ask me something, as you would ask a colleague: ",
            code(question),
        ),
        actions(
            button(
                "Ask that",
                Act.COMMAND_RUN,
                {"c": f"ask {question}"},
                style="primary",
                spoken=f"Ask: {question}",
            ),
            button("Look at it", Act.PROJECT_SHOW, where, spoken=f"Show {name(project.name, 60)}"),
            button("All letters", Act.MATRIX_SHOW, where, spoken="Show all letters of the sample"),
            removal(project),
        ),
    )


def importing() -> Message:
    """How a sheet comes in: as a file, line by line, or all at once by whoever runs Charter."""
    return message(
        paragraph(
            "Start a project, then send me ",
            bold("the file"),
            " (xlsx or CSV) in a direct message. I say what it would change before anything is "
            "written. ",
            bold("Line by line"),
            " it comes in like this:",
        ),
        bullets(
            [
                ["Start a project: its nine stages and empty seats are there at once."],
                ["Give each seat its letter: ", code("/charter raci data pipeline A @bea")],
                ["A stage of your own: ", code("/charter stage add Labelling")],
                ["The next project like it: ", code("/charter clone raci from=Churn Radar")],
            ]
        ),
        paragraph(bold("All at once"), " it is loaded by whoever runs me. Send them this:"),
        paragraph(
            code(
                "Please load our RACI sheet into Charter: app.py load FILE. "
                "What the file holds: docs/workspace-document.md"
            )
        ),
        actions(
            button("Start here", Act.PROJECT_NEW, style="primary"),
            button("Try a sample project", Act.SAMPLE_TRY),
        ),
    )
