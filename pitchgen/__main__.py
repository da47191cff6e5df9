"""`python -m pitchgen` does what the `pitchgen` command does."""

from pitchgen.cli import main

if __name__ == "__main__":
    main()
