"""What is said while a workbook is on its way."""

from collections.abc import Sequence

from handlers.views.kit import Message, bold, counted, listed, message, name, paragraph, quiet


def begun(title: str) -> Message:
    """To the one who asked, where they asked."""
    return message(
        paragraph(
            "I am preparing the workbook ",
            bold(name(title)),
            ". It comes in your direct message with me.",
        )
    )


def preparing(title: str) -> Message:
    return message(paragraph("Preparing the workbook ", bold(name(title)), " …"))


def done(
    title: str, file: str, projects: int, private: Sequence[str], *, is_kept: bool = True
) -> Message:
    """What the file holds; with a word of warning where not everybody may know of all of it, or
    where it could not be kept.
    """
    return message(
        paragraph(
            "Here is the workbook ",
            bold(name(title)),
            f", with {counted(projects, 'project')} that you can see: {name(file)}",
        ),
        quiet(_warning(private)),
        quiet("" if is_kept else "I could not keep it just now, to merge it when it comes back."),
    )


def _warning(private: Sequence[str]) -> str:
    if not private:
        return ""
    return f"It contains private projects: {listed(private)}. Pass it on with care."


def own_data_begun() -> Message:
    """To the one who asked what is kept of them."""
    return message(
        paragraph("I am gathering all that I keep of you. It comes in your direct message with me.")
    )


def own_data_done() -> Message:
    return message(
        paragraph("Here is all that I keep of you, as JSON: my-data.json."),
        quiet(
            "It leaves out what is of projects that you may not see. An admin can take your name "
            "out of everything: /charter person erase."
        ),
    )
