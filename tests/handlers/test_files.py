"""Where a command writes its file: behind links, and never in the place of what is no file.

Nothing here writes to what belongs to the system: of that, only the place is asked for.
"""

import os
from pathlib import Path

import pytest

from handlers import files
from handlers.files import NotWritten


def test_a_link_is_followed_to_where_it_leads(tmp_path: Path) -> None:
    folder = tmp_path / "by-day"
    folder.mkdir()
    (tmp_path / "linked").symlink_to("by-day")
    (tmp_path / "newest").symlink_to("linked/newest")
    (folder / "newest").symlink_to("../by-day/monday")
    for named in ("newest", "linked/monday", "by-day/../by-day/newest"):
        assert files.place(str(tmp_path / named), "x") == folder / "monday", "not there yet"
    (folder / "monday").write_text("old")
    with files.written(files.place(str(tmp_path / "newest"), "x")) as file:
        file.write(b"new")
    assert (folder / "monday").read_text() == "new"
    assert (tmp_path / "newest").readlink() == Path("linked/newest")
    assert sorted(path.name for path in folder.iterdir()) == ["monday", "newest"]


def test_what_is_no_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "to-pipe").symlink_to("pipe")
    (tmp_path / "to-program").symlink_to("/proc/self/fd/1")
    (tmp_path / "ring").symlink_to("ring")
    for named in ("pipe", "to-pipe", "to-program", "ring", "."):
        with pytest.raises(NotWritten, match=r" is no file: name one, as in all\.gz\.$"):
            files.place(str(tmp_path / named), "all.gz")
    with pytest.raises(NotWritten, match=f"^{tmp_path}/to-pipe leads to {tmp_path}/pipe, which is"):
        files.place(str(tmp_path / "to-pipe"), "all.gz")


@pytest.mark.parametrize(
    "named",
    ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/proc/self/comm", "/dev/null", "/dev/new.gz"],
)
def test_nothing_of_the_system_is_a_place_to_write_to(named: str) -> None:
    with pytest.raises(NotWritten, match="is no file"):
        files.place(named, "all.gz")


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "all.gz"
    place.write_text("old")
    with pytest.raises(ZeroDivisionError), files.written(place) as file:
        file.write(bytes(1 // 0))
    with pytest.raises(NotWritten, match="cannot be written: No space left"):
        full(place)
    with pytest.raises(NotWritten, match=r"nowhere/all\.gz cannot be written: No such file"):
        full(tmp_path / "nowhere" / "all.gz")
    with pytest.raises(NotWritten, match="cannot be written: Not a directory"):
        full(place / "all.gz")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("all.gz", "old")]


def full(place: Path) -> None:
    with files.written(place):
        raise OSError(28, "No space left on device")


def test_who_may_read_it_is_said_as_it_is_made(tmp_path: Path) -> None:
    for mode in (files.OWN, 0o640):
        with files.written(tmp_path / "all.gz", mode):
            pass
        assert (tmp_path / "all.gz").stat().st_mode & 0o777 == mode & ~umask()


def umask() -> int:
    now = os.umask(0o022)
    os.umask(now)
    return now
