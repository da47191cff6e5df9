"""Something new in a workspace: a commented file to fill in, or an entry added to a list file."""
