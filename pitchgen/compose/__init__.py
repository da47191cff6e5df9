"""Compose: parts that documents share, chosen and phrased as plain frozen values in the reader's language."""
