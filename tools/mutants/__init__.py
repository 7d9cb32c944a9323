"""Mutation tests: whether a test falls when one line of the integration is broken.

Of kept tools mutmut 3.8.1 and cosmic-ray 8.7.0 run on Python 3.14. mutmut chooses tests by function and
leaves constants, defaults, properties, `min`, `max` and whole statements alone, where the decisions of this
project stand; cosmic-ray runs every test for every mutant and breaks the files of the work tree.
"""
