"""What commands do, imported when the first of them does it.

Each of these takes longer to import than a command that needs none of it takes to run, as
`python -X importtime -m pitchgen --help` and its like tell; and whoever asks for a PDF starts the renderer
before the rest is imported, so that both go on at once. They are attributes of this module:
`late.read.read_workspace(…)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.late import attributes

if TYPE_CHECKING:
    from pitchgen import check as check
    from pitchgen import doctor as doctor
    from pitchgen import overlay as overlay
    from pitchgen import schema as schema
    from pitchgen.changes import affected as affected
    from pitchgen.changes import clean as clean
    from pitchgen.changes import saves as saves
    from pitchgen.changes import watch as watch
    from pitchgen.compose import listing as listing
    from pitchgen.documents import catalogue as catalogue
    from pitchgen.intake import make as make
    from pitchgen.intake import record as record
    from pitchgen.load import files as files
    from pitchgen.load import table as table
    from pitchgen.measure import compare as compare
    from pitchgen.measure import engine as engine
    from pitchgen.measure import enter as enter
    from pitchgen.measure import measure as measure
    from pitchgen.measure import summary as summary
    from pitchgen.model import company as company
    from pitchgen.model import metric as metric
    from pitchgen.new import create as create
    from pitchgen.new import existing as existing
    from pitchgen.new import rename as rename
    from pitchgen.render import columns as columns
    from pitchgen.render import templates as templates
    from pitchgen.report import text as text
    from pitchgen.rules import leaks as leaks
    from pitchgen.rules import newcomers as newcomers
    from pitchgen.rules import pages as pages
    from pitchgen.rules import run as run
    from pitchgen.starter import start as start
    from pitchgen.studio import jobs as jobs
    from pitchgen.studio import sentences as sentences
    from pitchgen.studio import studio as studio
    from pitchgen.studio import subjects as subjects
    from pitchgen.web import desk as desk
    from pitchgen.web import server as server
    from pitchgen.workspace import linked as linked
    from pitchgen.workspace import newcomer as newcomer
    from pitchgen.workspace import read as read
    from pitchgen.workspace import roster as roster
    from pitchgen.workspace import validate as validate

_MODULES = {
    "affected": "pitchgen.changes.affected",
    "catalogue": "pitchgen.documents.catalogue",
    "check": "pitchgen.check",
    "clean": "pitchgen.changes.clean",
    "columns": "pitchgen.render.columns",
    "company": "pitchgen.model.company",
    "compare": "pitchgen.measure.compare",
    "create": "pitchgen.new.create",
    "desk": "pitchgen.web.desk",
    "doctor": "pitchgen.doctor",
    "engine": "pitchgen.measure.engine",
    "enter": "pitchgen.measure.enter",
    "existing": "pitchgen.new.existing",
    "files": "pitchgen.load.files",
    "listing": "pitchgen.compose.listing",
    "jobs": "pitchgen.studio.jobs",
    "leaks": "pitchgen.rules.leaks",
    "linked": "pitchgen.workspace.linked",
    "make": "pitchgen.intake.make",
    "measure": "pitchgen.measure.measure",
    "metric": "pitchgen.model.metric",
    "newcomer": "pitchgen.workspace.newcomer",
    "newcomers": "pitchgen.rules.newcomers",
    "overlay": "pitchgen.overlay",
    "pages": "pitchgen.rules.pages",
    "read": "pitchgen.workspace.read",
    "rename": "pitchgen.new.rename",
    "record": "pitchgen.intake.record",
    "roster": "pitchgen.workspace.roster",
    "run": "pitchgen.rules.run",
    "saves": "pitchgen.changes.saves",
    "schema": "pitchgen.schema",
    "server": "pitchgen.web.server",
    "sentences": "pitchgen.studio.sentences",
    "start": "pitchgen.starter.start",
    "studio": "pitchgen.studio.studio",
    "subjects": "pitchgen.studio.subjects",
    "summary": "pitchgen.measure.summary",
    "table": "pitchgen.load.table",
    "templates": "pitchgen.render.templates",
    "text": "pitchgen.report.text",
    "validate": "pitchgen.workspace.validate",
    "watch": "pitchgen.changes.watch",
}

__getattr__ = attributes(__name__, _MODULES)
