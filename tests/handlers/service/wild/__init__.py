"""Sheets as people keep them, and what is expected of each."""
