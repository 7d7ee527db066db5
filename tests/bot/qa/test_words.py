"""The tables of words: well-formed, and no wording with two meanings that exclude each other."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot import text
from bot.qa import words
from bot.qa.words import LANGUAGES, Intent, lexicons, real_words

TABLES = Path(words.__file__).parent


def _table(language: str) -> dict[str, Any]:
    return tomllib.loads((TABLES / f"{language}.toml").read_text(encoding="utf-8"))


ENGLISH = _table("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_has_the_rows_that_the_grammar_knows(language: str) -> None:
    table = _table(language)
    assert table["language"] == language
    assert set(table) <= {*ENGLISH, "translate"}
    assert set(table["words"]) <= set(ENGLISH["words"])
    for part in ("cues", "nouns"):
        assert set(table[part]) == {str(intent) for intent in Intent}
    assert set(table["weak"]) <= {str(intent) for intent in Intent}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wording_asks_for_one_letter_only(language: str) -> None:
    table = _table(language)
    asked: dict[tuple[str, ...], set[str]] = {}
    for part in ("cues", "nouns"):
        for intent, wordings in table[part].items():
            for wording in wordings:
                stems = tuple(word.stem for word in text.words(wording))
                asked.setdefault(stems, set()).add(intent)
    assert {stems: intents for stems, intents in asked.items() if len(intents) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wording_is_empty(language: str) -> None:
    table = _table(language)
    rows = [table["who"], table["what"], table["whether"], table["help"]]
    rows += [row for part in ("cues", "nouns", "weak", "words") for row in table[part].values()]
    for row in rows:
        assert all(text.words(wording) for wording in row)
    assert all(table.get("translate", {"x": ["x"]}).values())


def test_the_languages_are_read() -> None:
    assert [lexicon.language for lexicon in lexicons()] == list(LANGUAGES)


def test_real_words_are_words_once() -> None:
    lines = (TABLES / "real_words.txt").read_text(encoding="utf-8").splitlines()
    found = [word for line in lines if not line.startswith("#") for word in line.split()]
    assert [word for word, count in Counter(found).items() if count > 1] == []
    assert all(word == text.fold(word) for word in found)
    assert {"lunch", "church", "steam"} <= real_words()


@pytest.mark.parametrize(
    ("wording", "intent"),
    [
        ("in charge of", Intent.OWNER),
        ("signs off on", Intent.ACCOUNTABLE),
        ("works on", Intent.RESPONSIBLE),
        ("point of contact", Intent.CONTACT),
        ("weighs in", Intent.CONSULTED),
        ("a heads-up", Intent.INFORMED),
    ],
)
def test_a_wording_tells_its_letter(wording: str, intent: Intent) -> None:
    assert lexicons()[0].intent(text.words(wording)) is intent


def test_terms_of_another_language_are_put_into_english() -> None:
    german = lexicons()[1]
    (word,) = german.in_english(text.words("Datenqualität"))
    assert (word.stem, word.surface) == ("dataquality", "Datenqualität")
