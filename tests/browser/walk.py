"""Every surface as four people see it, kept as pictures to look at.

`.venv/bin/python -m tests.browser.walk FOLDER` starts a playground of its own, goes through the
scenes of `tests.browser.scenes` and leaves in FOLDER a page (index.html) with each answer, form and
tab: wide in light colours, narrow in dark ones, and beside them what a notification says.
Names of scenes behind FOLDER walk these alone.
"""

import html
import re
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.browser import steps
from tests.browser.program import FLAGS, chromium_path, playground

LOOKS: tuple[tuple[str, Literal["light", "dark"], int, int], ...] = (
    ("wide", "light", 1280, 1000),
    ("narrow", "dark", 360, 740),
)
DIALOG = "dialog[open]:visible, [role=dialog]:visible"


@dataclass
class Shot:
    """Something that was looked at."""

    title: str
    pictures: list[str]
    words: str
    notification: str = ""


@dataclass
class Walk:
    """Somebody on their way through the page; all that they meet is kept."""

    page: Page
    folder: Path
    shots: list[Shot] = field(default_factory=list)
    who: str = ""

    def begin(self, who: str, place: str = "") -> None:
        self.who = who
        steps.act_as(self.page, who)
        if place:
            self.go(place)

    def beside(self, who: str, place: str) -> "Walk":
        """Somebody else at the same time, in a window of their own; nothing of it is kept."""
        page = self.page.context.browser.new_page() if self.page.context.browser else self.page
        page.goto(self.page.url.partition("#")[0])
        other = Walk(page, self.folder)
        other.begin(who, place)
        return other

    def go(self, place: str) -> None:
        steps.channel(self.page, place)

    def says(self, text: str, title: str = "") -> Locator:
        """Write in the channel, and keep the answer, or the form that opens."""
        self._leaves_the_thread()
        before = self._revision()
        steps.say(self.page, text)
        return self._met(before, title or text)

    def quietly(self, text: str) -> None:
        """Write in the channel; nothing of it is kept."""
        self._leaves_the_thread()
        before = self._revision()
        steps.say(self.page, text)
        self._settled(before)

    def asks(self, text: str) -> Locator:
        """Mention Charter, and keep the answer in the thread."""
        self.quietly(text)
        return self.reads(text, text)

    def follows(self, text: str) -> Locator:
        """Mention Charter again in the thread that is open."""
        before = self._revision()
        steps.say(self.page, text, "#thread-composer")
        self._settled(before)
        return self.keep(text)

    def reads(self, of: str, title: str) -> Locator:
        """Open the thread under a message that holds words, and keep the last that was said."""
        self._leaves_the_thread()
        self._message(of).get_by_role("button", name=re.compile("repl")).click()
        answer = self.page.locator("#thread-messages > li").last
        expect(answer).to_be_visible()
        return self.keep(title, answer)

    def picks(self, entry: str, of: str) -> Locator:
        """Pick what stands in the menu of a message that holds words; keep what comes."""
        self._leaves_the_thread()
        before = self._revision()
        message = self._message(of)
        message.hover()
        message.locator(".tools").get_by_title(entry).click()
        return self._met(before, f"{entry}, of “{of}”")

    def deactivates(self, who: str, button: str = "Deactivate") -> None:
        """An admin takes somebody's account away, or (`button`) gives it again."""
        self.page.get_by_role("button", name=f"{who}: profile").click()
        before = self._revision()
        self.page.get_by_role("dialog", name="Profile").get_by_role("button", name=button).click()
        if button == "Deactivate":
            asked = self.page.get_by_role("dialog", name=f"Deactivate {who}?")
            asked.get_by_role("button", name="Deactivate").click()
        self._settled(before)

    def presses(self, button: str, title: str = "", within: Locator | None = None) -> Locator:
        """Press a button of what was met last (or of `within`), and keep what comes."""
        before = self._revision()
        place = within or self.latest()
        label = re.compile(f"^{re.escape(button)}$")
        place.locator("button").filter(has_text=label).last.click()
        return self._met(before, title or f"[{button}]")

    def home(self) -> Locator:
        self.page.locator("#apps").get_by_text("Charter").click()
        self.page.get_by_role("tab", name="Home").click()
        expect(self.page.locator("#home > div").first).to_be_visible()
        return self.keep("Home", self.page.locator("#home"))

    def inbox(self) -> None:
        """The direct messages with Charter."""
        self.page.locator("#apps").get_by_text("Charter").click()
        self.page.get_by_role("tab", name="Messages").click()

    def closes(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self.page.locator(DIALOG)).to_have_count(0)

    def _leaves_the_thread(self) -> None:
        close = self.page.get_by_role("button", name="Close thread")
        if close.is_visible():
            close.click()

    def latest(self) -> Locator:
        """The form that is open, else the last message where we are, first in the thread."""
        form = self.page.locator(DIALOG)
        if form.count():
            return form.last
        aside = self.page.locator("#thread-messages > li")
        return aside.last if aside.last.is_visible() else self.page.locator("#messages > li").last

    def _message(self, words: str) -> Locator:
        return self.page.locator("#messages > li").filter(has_text=words).last

    def keep(self, title: str, what: Locator | None = None) -> Locator:
        """Take the pictures of something."""
        seen = what or self.latest()
        words = re.sub("[^a-z0-9]+", "-", title.lower())[:50].strip("-")
        stem = f"{len(self.shots) + 1:03}-{words}"
        pictures = []
        for look, scheme, width, height in LOOKS:
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self.page.set_viewport_size({"width": width, "height": height})
            tall = int(seen.evaluate("one => one.scrollHeight"))
            if tall > height - 300:
                self.page.set_viewport_size({"width": width, "height": tall + 600})
            name = f"{stem}-{look}.png"
            seen.screenshot(path=self.folder / name)
            pictures.append(name)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        _, _, width, height = LOOKS[0]
        self.page.set_viewport_size({"width": width, "height": height})
        told = self._notification() if what is None else ""
        self.shots.append(Shot(f"{self.who}: {title}", pictures, seen.inner_text(), told))
        return seen

    def _met(self, before: int, title: str) -> Locator:
        self._settled(before)
        return self.keep(title)

    def _state(self) -> dict[str, object]:
        address, _, here = self.page.url.partition("#")  # who acts, and where
        told: dict[str, object] = self.page.request.get(
            urljoin(address, f"/playground/api/state?{here}")
        ).json()
        return told

    def _revision(self) -> int:
        return int(str(self._state()["revision"]))

    def _settled(self, before: int) -> None:
        """Until the workspace has changed, and stands still for as long as nobody would notice."""
        quiet, seen = 0, before
        for _ in range(100):
            self.page.wait_for_timeout(120)
            now = self._revision()
            quiet = quiet + 1 if now == seen and now != before else 0
            seen = now
            loading = self.page.locator(DIALOG).get_by_text("Loading").count()
            if quiet >= 4 and not loading:
                return

    def _notification(self) -> str:
        said = self._state()["messages"]
        return str(said[-1]["text"]) if isinstance(said, list) and said else ""


def album(shots: list[Shot]) -> str:
    """The page with all pictures."""
    parts = [
        f"<section><h2>{html.escape(shot.title)}</h2>"
        f"<p><small>{html.escape(shot.notification)}</small></p>"
        + "".join(f'<img src="{one}" alt="" loading="lazy">' for one in shot.pictures)
        + "</section>"
        for shot in shots
    ]
    style = "img{vertical-align:top;max-width:60%;margin:4px;border:1px solid #888}"
    head = f'<!doctype html><meta charset="utf-8"><title>The walk</title><style>{style}</style>'
    return head + "\n".join(parts)


def spoken(shots: list[Shot]) -> str:
    """All words, for those who read rather than look."""
    return "\n\n".join(
        f"=== {shot.title}\n{shot.words}\n--- notification: {shot.notification}" for shot in shots
    )


def main(folder: Path, names: list[str]) -> None:
    from tests.browser.scenes import SCENES

    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        playground(Path(place)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        context = browser.new_context(locale="en-GB", timezone_id="UTC", reduced_motion="reduce")
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto(address)
        walk = Walk(page, folder)
        try:
            for name, scene in SCENES.items():
                if not names or name in names:
                    scene.play(walk)
        except Exception:
            page.screenshot(path=folder / "failed.png")
            raise
        finally:
            (folder / "index.html").write_text(album(walk.shots), encoding="utf-8")
            (folder / "words.txt").write_text(spoken(walk.shots), encoding="utf-8")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Name a folder for the pictures: python -m tests.browser.walk FOLDER [SCENE …]")
    main(Path(sys.argv[1]), sys.argv[2:])
