"""The time at which tests happen, unless they say otherwise."""

from datetime import UTC, datetime

T0 = datetime(2026, 11, 23, 10, tzinfo=UTC)
"""A Monday, on which nothing changes its clocks."""
