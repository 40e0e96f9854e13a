"""The W3C CCG's VC-API, for other people's software: issue, verify, derive, status.

`requests` reads what a caller sends, `problems` says why something is rejected, `routes` are the doors of an organisation. What
only the suites of the standards bodies need is `service.conformance`, behind the same addresses.
"""
