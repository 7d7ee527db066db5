"""Days, as standups say them."""

from datetime import date


def day_in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
