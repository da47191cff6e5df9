"""What `check` found, as it is told: a module for each format, called like it."""
