"""What Charter costs, measured against plain programs that do less: `python -m tests.bench`.

Nothing here runs in `make test` but one small round that shows that measuring works.
"""
