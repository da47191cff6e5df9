"""The documents there are, a module each: what it says, whose it is, and how it looks.

A module here that has a `KIND` is a document; the catalogue finds it by listing this folder.
"""
