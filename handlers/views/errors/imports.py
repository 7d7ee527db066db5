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
    Why.IMPORT_CROWDED: (
        "That is more than I can keep with a preview. Say a part of it here, and write the rest "
        "into the file, such as `Stage` over the stages."
    ),
    Why.COLUMNS_ITEM: (
        "No column of this sheet says which stage a line is of. Choose `Stage` for one of them."
    ),
    Why.COLUMNS_LETTERS: (
        "No column of this sheet gives letters. Choose `Letters of` for a person's column, or "
        "`Who is A`, or both `Letter` and `Person`."
    ),
    Why.COLUMNS_PERSON: (
        "There is a column `Letter`, and none that says who has it. Choose `Person` for one."
    ),
    Why.COLUMNS_LETTER: (
        "There is a column `Person`, and none that says which letter they have. Choose `Letter` "
        "for one."
    ),
    Why.COLUMNS_TWICE: (
        "Another column of this sheet says that already. Choose `Not read` for one of the two."
    ),
    Why.COLUMNS_MIXED: (
        "This would not be read beside the other columns: a sheet has a column a person, or a "
        "column a letter, or a letter a line. Choose `Not read`, or change the others."
    ),
    Why.NAMED_TWICE: "Two answers are given here. Leave one of the two empty, or `Leave it out`.",
    Why.NO_FILES_READ: (
        "I was installed before I could read files. Ask an admin to install me again, with the "
        "manifest of `app.py manifest`."
    ),
    Why.NO_SHEET: (
        "There is no sheet in this message. Choose one with an `.xlsx` or `.csv` file, or send me "
        "the file in a direct message."
    ),
}
