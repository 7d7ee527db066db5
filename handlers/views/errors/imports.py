"""The sentences for files that come in."""

from bot.errors import Why

OF_IMPORTS: dict[Why, str] = {
    Why.BAD_FILE: (
        "I cannot read {name}: {problem}. Send a file with a table in it, such as `raci.xlsx` or "
        "`raci.csv`."
    ),
    Why.FILE_LARGE: (
        "{name} is larger than {size}, the most that I read. Send it in parts, such as "
        "`raci-1.csv`."
    ),
    Why.FILE_UNREAD: (
        "Slack does not give me {name}. Send it to me in a direct message, with `project NAME` "
        "beside it."
    ),
    Why.NOT_YOUR_IMPORT: (
        "This preview is somebody else's. Choose `Import letters` in the menu of the message with "
        "the file, and you get your own."
    ),
    Why.NO_FILES_READ: (
        "I was installed before I could read files. Ask an admin to install me again, with the "
        "manifest of `app.py manifest`."
    ),
    Why.NO_SHEET: (
        "There is no sheet in this message. Choose one with an `.xlsx` or `.csv` file, or send me "
        "the file in a direct message."
    ),
}
