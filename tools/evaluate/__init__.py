"""How well the stride core counts: recordings with truth against what it reports."""
