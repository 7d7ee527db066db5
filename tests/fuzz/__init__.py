"""The doors through which strangers come in, with odd things thrown at them.

`make fuzz` throws for ten minutes; `make test` throws a few, and everything that ever went through.
"""
