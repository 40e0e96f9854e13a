"""The mode in which the suites of the standards bodies are run against us: never for real data.

Here alone, and reached from loopback alone, anybody may have anything signed as any issuer, with keys that die with the process, by
the data model 1.1 too, under contexts that are taken from a folder outside. Judging is the verifier's own, but for two things that
a network asks and no standard does: nobody here is a member of one, and a part without a status is taken for one that has none.
"""
