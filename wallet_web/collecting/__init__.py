"""Collecting: badges of anybody, brought by their learner; looked at, told for what they are, kept byte for byte."""
