"""Tests of what reads pull requests and runs: real servers, and all that may go wrong with one."""
