"""A day of a whole company, played at high speed, and counted again without Charter's rules:
`python -m tests.company`.
"""
