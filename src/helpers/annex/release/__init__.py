"""Publishing an annex whole, with its manifest and its descriptions for archives."""
