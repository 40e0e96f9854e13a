"""The mode in which the suites of the standards bodies are run against us: never for real data.

Here alone, and reached from loopback alone, anybody may have anything signed as any issuer, with keys that die with the process, by
the data model 1.1 too, under contexts that are taken from a folder outside. Judging is the
verifier's own, but for one thing: nobody here is a member of a network, so that is not asked.
"""
