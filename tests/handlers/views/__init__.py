"""Views: values in, Block Kit out, within every limit of Slack's."""
