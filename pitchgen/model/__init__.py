"""The nouns of a workspace: strict Pydantic models of what HR writes, one module per kind of file."""
