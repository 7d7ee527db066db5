"""A scene of the walk, and what people do in several of them."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.steps import choose, monday, moved
from tests.browser.walk import Walk

Step = str | Callable[[Walk], object]
PLACE = "proj-berth"


@dataclass(frozen=True)
class Scene:
    """Somebody's way, step by step: what they write (a question if it begins with "@"), or do."""

    who: str
    steps: tuple[Step, ...]
    place: str = PLACE

    def play(self, walk: Walk) -> None:
        walk.begin(self.who)
        walk.home()
        walk.go(self.place)
        for step in self.steps:
            if callable(step):
                step(walk)
            elif step.startswith("@"):
                walk.asks(step)
            else:
                walk.says(step)


def pressing(button: str, title: str = "") -> Step:
    return lambda walk: walk.presses(button, title)


def closing(walk: Walk) -> None:
    walk.closes()


def quietly(*texts: str) -> Step:
    """What is said without a picture of the answer."""

    def said(walk: Walk) -> None:
        for text in texts:
            walk.quietly(text)

    return said


def becoming(who: str, place: str = PLACE) -> Step:
    """Somebody else goes on, in a channel."""
    return lambda walk: walk.begin(who, place)


def reading(who: str, title: str) -> Step:
    """Somebody looks at the last that Charter wrote to them."""

    def read(walk: Walk) -> None:
        walk.begin(who)
        walk.inbox()
        walk.keep(title)

    return read


def home(walk: Walk) -> None:
    walk.home()


def inbox(walk: Walk) -> None:
    """All that stands in somebody's messages with Charter, when they look again."""
    walk.inbox()
    walk.keep("The messages with Charter", walk.page.locator("#messages"))


def filling(field: str, words: str) -> Step:
    return lambda walk: walk.latest().get_by_label(field).first.fill(words)


def choosing(label: str, option: str) -> Step:
    """An option of a short list."""
    return lambda walk: walk.latest().get_by_label(label).select_option(label=option)


def naming(label: str, person: str) -> Step:
    """A person in a list that is searched by typing."""
    return lambda walk: choose(walk.latest(), label, person)


def picking(entry: str, of: str) -> Step:
    """An entry of a message's menu."""
    return lambda walk: walk.picks(entry, of)


def answered(of: str, title: str) -> Step:
    """The last word in the thread under a message."""
    return lambda walk: walk.reads(of, title)


def on_monday_at(hour: str) -> Step:
    return lambda walk: moved(walk.page, monday(), hour)
