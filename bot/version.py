"""Which Charter this is."""

from typing import Final

VERSION: Final = "0.9.0"
"""As in pyproject.toml, and the newest release in CHANGELOG.md."""
