"""A workspace to begin with: the starter company, or the least that works, in the languages asked for."""
