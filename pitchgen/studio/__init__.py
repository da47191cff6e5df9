"""The studio: documents composed, rendered in any format, and named; one room for everyone who makes some."""
