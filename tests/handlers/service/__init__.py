"""The use cases, on a real database and without Slack."""
