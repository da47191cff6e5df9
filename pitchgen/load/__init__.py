"""Load: the workspace's files to plain data that knows where each value stands."""
