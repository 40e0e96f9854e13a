"""Selective disclosure for ecdsa-sd-2023: the issuer signs statement by statement, the holder shows some (VC-DI-ECDSA §3.4-3.6).

selection    JSON pointers → the part of a document that they name
statements   a document → its statements under labels that tell nothing, and which of them a selection makes
values       what stands in a proof value, in CBOR
base         the issuer's proof, for the holder alone
disclosure   the holder's part of it, for everybody
"""
