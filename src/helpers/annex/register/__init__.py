"""The evidence register: the entry that every number on a page links to."""
