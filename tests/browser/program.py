"""The real program and the real browser, for whoever wants to see them together."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
APP = Path(__file__).parents[2] / "app.py"


def chromium_path() -> str | None:
    """Where the operating system has Chromium, if it has one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def playground(folder: Path, *arguments: str) -> Iterator[str]:
    """The address of a playground started as `make run` starts it, in a folder of its own."""
    slackless = {name: value for name, value in os.environ.items() if "SLACK" not in name}
    with subprocess.Popen(
        [sys.executable, str(APP), *arguments],
        cwd=folder,
        env=slackless | {"PORT": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as program:
        assert program.stdout is not None
        said = program.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        try:
            assert found, f"the program said {said!r}"
            yield found[0]
        finally:
            program.send_signal(signal.SIGTERM)
            assert program.wait(20) == 0
