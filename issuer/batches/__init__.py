"""Batches: a list of learners becomes awards, row by row, nothing lost and nothing twice.

reading, sheets ─▶ columns ─▶ rows        pure: bytes → cells → orders or faults
entering ─▶ desk ─▶ states                 a list is written down, checked, submitted, approved, paused
running ─▶ chunk ─▶ places                 workers reserve, sign and store a few hundred awards at a time
outcome                                    what was rejected, as a file that can be corrected and fed back
"""
