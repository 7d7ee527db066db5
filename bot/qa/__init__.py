"""Questions: text in, an `Answer` out; deterministic, and never a guess."""
