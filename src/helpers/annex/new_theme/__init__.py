"""A new theme: its notebook, its row in the README and its test."""
