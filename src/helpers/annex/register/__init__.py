"""The register of evidence, where every number on a page leads."""
