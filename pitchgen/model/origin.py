"""Where a metric comes from: the export of another program, or a database, and how its figure is made."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from pitchgen.model.amount import Date, Number
from pitchgen.model.base import Model
from pitchgen.model.checks import Count
from pitchgen.model.text import MetricId, Name, ReadBy, Several, invalid, read_line
from pitchgen.model.typed import MAX_NAME, Schema, explained, matching
from pitchgen.problems import quoting

LEAST_ANSWERS = 5
# What a metric can come from, and what each needs beside it.
_SOURCES = {"file": (), "database": ("query",), "billing": ("retention", "margin", "interest")}
_VARIABLE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")
_SCALE = re.compile(r"(0|1)\s*[-\N{EN DASH}]\s*([1-9][0-9]?)|good\s*/\s*bad")


def read_variable(value: object) -> str:
    """Where the address of a database is kept: `env:NAME`."""
    text = read_line(value, MAX_NAME)
    if not _VARIABLE.fullmatch(text):
        # What was typed may be the address itself, with its password.
        raise invalid(
            "must be env: and the name of an environment variable",
            hint="write `database: env:SALES_DATABASE`, and keep the address in that variable",
        )
    return text


def read_scale(value: object) -> str:
    """The ends of a scale, as `0-10`; or `good/bad`."""
    text = read_line(value, MAX_NAME)
    if not _SCALE.fullmatch(text):
        raise invalid(
            quoting("'{}' is no scale", text), hint="write its ends, as 0-10 or 1-5; or good/bad for thumbs"
        )
    return "".join(text.split()).replace("\N{EN DASH}", "-")


_VARIABLE_SCHEMA: Schema = {
    **matching(_VARIABLE.pattern, "must be env: and the name of an environment variable"),
    "examples": ["env:SALES_DATABASE"],
}
_SCALE_SCHEMA: Schema = {
    **matching(_SCALE.pattern, "must be the ends of a scale, as 0-10, or good/bad"),
    "examples": ["0-10", "1-5", "1-7", "good/bad"],
}

Variable = Annotated[str | None, ReadBy(read_variable, _VARIABLE_SCHEMA)]
Scale = Annotated[str | None, ReadBy(read_scale, _SCALE_SCHEMA)]
PeriodName = Literal["month", "quarter", "year"]
LengthUnit = Literal["minutes", "hours", "days", "months", "years"]


class Origin(Model):
    """What a metric is measured from."""

    main_key = "file"

    file: Name | None = Field(
        None,
        description="The export, .csv, .xlsx or .parquet, a path in this workspace; * stands for anything.",
        examples=["data/billing-*.csv"],
    )
    database: Variable = Field(
        None, description="The environment variable with the address of a PostgreSQL database, as env:NAME."
    )
    query: Name | None = Field(
        None, description="The file with the query for the database.", examples=["data/sales.sql"]
    )
    columns: dict[Name, Name] = Field(
        {}, description="The headings of columns that are not found by their usual names, by what they hold."
    )
    filter: dict[Name, Several[Name]] = Field(
        {}, description="By heading, what a row must have there to count; * stands for any ending."
    )
    leave_out: dict[Name, Several[Name]] = Field(
        {}, description="By heading, what rows have there that are left out and told of, as test accounts."
    )
    counts: dict[Name, Several[Name]] = Field(
        {}, description="Of a ratio: by heading, what the rows have there that are its part."
    )
    period: PeriodName | None = Field(None, description="How long each figure is about.")
    since: Date | None = Field(
        None, description="The day before which nothing counts; the last 24 periods unless given."
    )
    over: PeriodName | None = Field(
        None, description="Of retention: over how long customers are to stay; a year unless given."
    )
    currency: Name | None = Field(
        None, description="The only currency that counts, where the file has several."
    )
    scale: Scale = Field(None, description="The ends of the scale of answers, as 0-10, 1-5; or good/bad.")
    unit: LengthUnit | None = Field(
        None, description="In what lengths of time are told: minutes, hours, days, months or years."
    )
    restricted_to: Number | None = Field(
        None,
        description="Of tenure: the mean over so long a time from the start, where half have not left yet.",
    )
    dates: Literal["day-first", "month-first"] | None = Field(
        None,
        description="How dates with slashes are read.",
        json_schema_extra=explained("31/12/2026 is the last day of the year.", "12/31/2026 is."),
    )
    decimals: Literal["comma", "point"] | None = Field(
        None,
        description="What stands before the decimals of numbers, where the file alone does not show it.",
        json_schema_extra=explained("1.234,50", "1,234.50"),
    )
    sheet: Name | None = Field(None, description="The sheet of a workbook.")
    heading_row: Count | None = Field(None, description="The row with the headings.")
    skip: Count | None = Field(
        None,
        description="How many rows below the headings hold no data: SurveyMonkey writes 1, Qualtrics 2.",
    )
    hidden: Literal["count", "leave out"] | None = Field(
        None,
        description="What becomes of a spreadsheet's rows that a filter hides.",
        json_schema_extra=explained("They count as all others.", "They are left out."),
    )
    least_answers: Count = Field(
        LEAST_ANSWERS, description="From how many answers or customers on a figure is shown at all."
    )
    billing: MetricId | None = Field(
        None, description="Of a lifetime value: the metric of what a customer is billed in a month."
    )
    retention: MetricId | None = Field(
        None, description="Of a lifetime value: the metric of how many customers stay for a year."
    )
    margin: Number | None = Field(
        None, description="Of a lifetime value: how many per cent of the billing are left as margin."
    )
    interest: Number | None = Field(
        None, description="Of a lifetime value: the discount rate of a year, in per cent."
    )

    @model_validator(mode="before")
    @classmethod
    def _has_one_source(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        given = [key for key in _SOURCES if data.get(key) is not None]
        if len(given) != 1:
            raise invalid(
                "must have one of `file`, `database` and `billing`",
                hint="write `file:` with the path of an export, such as data/answers.csv",
                at=given[1] if given else "",
            )
        return data

    @model_validator(mode="after")
    def _has_all(self) -> Self:
        if self.database and not self.query:
            raise invalid("needs `query`, the file with the query for the database", at="database")
        if self.billing and (self.retention is None or self.margin is None or self.interest is None):
            raise invalid(
                "needs `retention`, `margin` and `interest` beside `billing`", hint="see docs/figures.md"
            )
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
        reference = handler(core)
        handler.resolve_ref_schema(reference)["anyOf"] = [
            {
                "required": [source, *needed],
                "properties": {
                    **{key: {"not": {"type": "null"}} for key in (source, *needed)},
                    **{other: {"type": "null"} for other in _SOURCES if other != source},
                },
            }
            for source, needed in _SOURCES.items()
        ]
        return reference
