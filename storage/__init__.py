"""What is remembered. A session in, values of `bot` out; no row leaves this package."""
