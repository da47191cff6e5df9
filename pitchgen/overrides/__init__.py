"""What a workspace has in place of the shipped templates: whether it is used, up to date, and works."""
