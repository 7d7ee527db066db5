"""The sentences for files that go out, now or by themselves."""

from bot.errors import Why

OF_EXPORTS: dict[Why, str] = {
    Why.NO_FILES: (
        "Slack does not let me send files here yet: I was installed before I asked for it. An "
        "admin can install me anew, with the scope `files:write`; then try again."
    ),
    Why.NO_EXPORT: (
        "No such file comes there by itself. `/charter export when` lists those that do; let one "
        "come with `/charter export portfolio every Monday at 8:00`."
    ),
    Why.EXPORT_HIDDEN: (
        "Not everybody who reads {channel} may know of {project}, so I share no file of it there. "
        "Have it by direct message: `/charter export PROJECT`, or with `to me` by itself."
    ),
    Why.EXPORT_WHICH: (
        "Several files come there by themselves: {files}. Say which one is to stop, like this: "
        "`/charter export off portfolio`."
    ),
    Why.SHEET_LONG: (
        "The sheet “{sheet}” would have {rows} rows, and a workbook takes {most}. Ask for one "
        "project, or for all as text: `/charter export portfolio as csv`."
    ),
}
