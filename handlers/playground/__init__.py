"""Charter without Slack: a strict double of a workspace, and a page to try it in a browser."""
