"""pitchgen turns a folder of YAML, kept by HR, into welcome pitches for new hires."""

__version__ = "0.1.0"
