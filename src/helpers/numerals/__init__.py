"""Reads numbers as texts print them, in the notation and the words of a language.

It shares nothing with what writes numbers (`language`, `amounts`), which it is there to check.
"""
