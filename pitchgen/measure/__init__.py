"""Figures measured from what other programs export: read, judged, counted, with what they rest on."""
