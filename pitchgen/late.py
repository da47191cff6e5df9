"""What is imported when it is first used: the one place where an import of a library may wait.

Each of these takes longer to import than a command without it takes for all else it does with the library's
help: `python -X importtime -c "import NAME"` tells how long. They are attributes of this module, as in
`late.idna.encode(…)`. Modules of pitchgen that wait stand beside this, where their callers are: in
`cli/late.py` for the commands, and in `__init__.py` for other programs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import traceback as traceback
    from collections.abc import Callable, Mapping
    from ctypes import util as util
    from email import policy as policy
    from importlib import metadata as metadata

    import adbc_driver_manager as adbc_driver_manager
    import adbc_driver_postgresql as adbc_driver_postgresql
    import css_inline as css_inline
    import distributed as distributed
    import docx as docx
    import duckdb as duckdb
    import filelock as filelock
    import holidays as holidays
    import icalendar as icalendar
    import idna as idna
    import pyphen as pyphen
    import uharfbuzz as uharfbuzz
    import wcwidth as wcwidth
    from babel import dates as dates
    from babel import numbers as numbers
    from docx import oxml as oxml
    from docx import shared as shared
    from PIL import Image as Image


def attributes(module: str, imported: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a `module` that has modules for attributes, `imported` when they are asked for."""

    def get(name: str) -> object:
        if name not in imported:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        return import_module(imported[name])

    return get


__getattr__ = attributes(
    __name__,
    {
        "Image": "PIL.Image",
        "adbc_driver_manager": "adbc_driver_manager",
        "adbc_driver_postgresql": "adbc_driver_postgresql",
        "css_inline": "css_inline",
        "dates": "babel.dates",
        "distributed": "distributed",
        "docx": "docx",
        "duckdb": "duckdb",
        "filelock": "filelock",
        "holidays": "holidays",
        "icalendar": "icalendar",
        "idna": "idna",
        "metadata": "importlib.metadata",
        "numbers": "babel.numbers",
        "oxml": "docx.oxml",
        "policy": "email.policy",
        "pyphen": "pyphen",
        "shared": "docx.shared",
        "traceback": "traceback",
        "util": "ctypes.util",
        "uharfbuzz": "uharfbuzz",
        "wcwidth": "wcwidth",
    },
)
