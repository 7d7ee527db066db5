"""The evidence that Charter does what it says.

The folders mirror the code; `tests/support` holds what tests share.
"""
