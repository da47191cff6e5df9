"""A whole intake: everyone's files in one folder, of which only what changed is made anew."""
