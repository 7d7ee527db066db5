"""When two spellings are one name, for orders: blanks, hyphens, case, plural and accents aside."""

from bot.text import fold, key, words


def folded(text: str) -> str:
    """What is compared. Names without any letter (an emoji) are compared as they stand."""
    return key(words(text)) or fold(text).strip()
