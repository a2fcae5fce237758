"""Kernels that start at once: forked from a parent that has the libraries and helpers loaded."""
