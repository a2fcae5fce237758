"""Does a published annex hold? Its files against its manifest, its numbers against a fresh run."""
