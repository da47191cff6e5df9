"""The page: a thin face over the use cases, for a browser on this machine."""
