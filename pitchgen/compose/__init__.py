"""Compose: choose and phrase what a document says, as plain frozen values in the reader's language."""
