"""Keep: the files of a workspace as people change them, one field, one file and one version at a time."""
