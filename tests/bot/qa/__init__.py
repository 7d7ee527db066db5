"""The question engine: questions of an invented organisation, rules, privacy, and odd input."""
