"""The documents pitchgen makes, of whom, in which formats, and how each is composed and rendered."""
