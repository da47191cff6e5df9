"""What a change in a workspace touches, since a revision or a save."""
