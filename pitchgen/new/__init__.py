"""Something new in a workspace: a commented file to fill in, an entry added to a list file, another id."""
