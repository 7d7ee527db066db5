"""The linter: rules that a project's letters should keep to, each with an id and a severity.

A rule is a function from the `Ground` it looks at to what it finds; `bot.lint.rules` has them all.
What a person waives, with a reason and a last day, is found all the same and told apart.
"""

from bot.lint.checking import SEATS, Report, besides, checked, weight
from bot.lint.rules import RULES, markdown, rule_named
from bot.lint.values import Finding, Found, Ground, Rule, Severity

__all__ = [
    "RULES",
    "SEATS",
    "Finding",
    "Found",
    "Ground",
    "Report",
    "Rule",
    "Severity",
    "besides",
    "checked",
    "markdown",
    "rule_named",
    "weight",
]
