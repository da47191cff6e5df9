"""Billing: what customers are billed, on average and in all, and how much of it stays.

- Average monthly billing: the billing of the months / the customers who were billed in them, each month by
  itself. There is no standard; this is the definition that is printed. Credit notes lower what their
  customer was billed in their month. What `covers_from` and `covers_to` say of a row spreads it evenly over
  those months, so that a year's invoice does not make one month rich and eleven empty. A customer without
  an invoice in a month is in no average of that month. All customers are in it and none was drawn, so it
  has no margin.
- Revenue retention ("net revenue retention"): what the customers of the period a year before are billed now /
  what they were billed then. Above 100 % when those who stay buy more than was lost.
- Money: all amounts added up.

Sums are exact decimals; VAT is taken off where its column is told; currencies are never added up.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from pitchgen.measure.cells import literal
from pitchgen.measure.counted import CURRENCY, Counted, Value
from pitchgen.measure.kinds import NEEDS
from pitchgen.periods import period_of

if TYPE_CHECKING:
    from pitchgen.measure.counted import Job

_MOST_NAMED = 5
_CODE = re.compile("[A-Z]{3}")


def count_billing(job: Job) -> Counted:
    """Average billing, revenue retention or money. Raises `Refused` for several currencies."""
    job.engine.keep("amounts", _amounts(job))
    _expect_one_currency(job)
    counted = Counted(left_out=job.left_out)
    for first, total, parts, n in job.engine.ask(_QUESTIONS[job.kind](job)):
        if parts:
            counted.values[period_of(first, job.name)] = _value(job, Fraction(total) / Fraction(parts), n)
    if job.kind == "average_billing" and (missing := _missing(job)):
        counted.notes.append(f"{missing:,} who were billed the month before are not in the last average")
    if job.kind == "average_billing" and (credited := _credited(job)):
        counted.notes.append(f"{credited:,} got more credit than they were billed in the last month")
    return counted


def in_other_currency(job: Job) -> str:
    """The SQL of why an amount does not count."""
    return f"CASE WHEN {_is_foreign(job)} THEN '{CURRENCY}' END"


def _expect_one_currency(job: Job) -> None:
    if not job.has("currency") or job.origin.currency:
        return
    asked = "SELECT DISTINCT currency FROM amounts WHERE currency IS NOT NULL ORDER BY 1"
    known = [str(row[0]) for row in job.engine.ask(f"{asked} LIMIT {_MOST_NAMED}")]
    if len(known) > 1:
        message = "there are amounts in several currencies"
        hint = "say which of them counts: `currency: EUR` under `from`"
        # Whatever else stands there may be a column of names.
        if all(map(_CODE.fullmatch, known)):
            message += f": {', '.join(known)}"
            hint = f"say which of them counts: `currency: {known[0]}` under `from`"
        raise job.refused("several-currencies", message, hint)


def _is_foreign(job: Job) -> str:
    if not (job.has("currency") and job.origin.currency):
        return "false"
    return f"upper(coalesce(currency, '')) <> {literal(job.origin.currency.upper())}"


def _amounts(job: Job) -> str:
    """What each customer was billed in each month, without VAT, and in how many `rows`."""
    amount = "amount - coalesce(vat, 0)" if job.has("vat") else "amount"
    customer = "customer" if job.has("customer") else "NULL"
    currency = "upper(currency)" if job.has("currency") and not job.origin.currency else "NULL"
    month = f"date_trunc('month', {NEEDS[job.kind].day})::DATE"
    counts = f"why IS NULL AND NOT ({_is_foreign(job)})"
    if not (job.has("covers_from") and job.has("covers_to")):
        return f"""
            SELECT
              {customer} AS customer, {currency} AS currency, {month} AS month,
              sum({amount}) AS amount, count(*) AS rows
            FROM rows WHERE {counts} GROUP BY ALL
        """
    covers = "covers_from IS NOT NULL AND covers_to >= covers_from"
    first, last = "date_trunc('month', covers_from)", "date_trunc('month', covers_to)"
    # Millionths are whole, and what division leaves over is in the difference of two sums: nothing is lost.
    return f"""
        WITH parts AS (
          SELECT
            {customer} AS customer,
            {currency} AS currency,
            CASE WHEN {covers} THEN {first}::DATE ELSE {month} END AS month,
            CAST(({amount}) * 1000000 AS HUGEINT) AS millionths,
            CASE WHEN {covers} THEN date_diff('month', {first}, {last}) + 1 ELSE 1 END AS months
          FROM rows WHERE {counts}
        )
        SELECT
          customer,
          currency,
          (month + to_months(CAST(n AS INTEGER)))::DATE AS month,
          sum(CAST((millionths * (n + 1)) // months - (millionths * n) // months AS DECIMAL(38, 0)))
            * CAST(0.000001 AS DECIMAL(7, 6)) AS amount,
          count(*) AS rows
        FROM (SELECT *, unnest(range(months)) AS n FROM parts) GROUP BY ALL
    """


def _average(job: Job) -> str:
    return f"""
        SELECT {job.period("month")}, sum(total), count(*), count(DISTINCT customer) FROM (
          SELECT month, customer, sum(amount) AS total FROM amounts WHERE {job.in_time("month")} GROUP BY ALL
        ) GROUP BY ALL
    """


def _sum(job: Job) -> str:
    return f"""
        SELECT {job.period("month")}, sum(amount), 1, sum(rows) FROM amounts
        WHERE {job.in_time("month")} GROUP BY ALL
    """


def _kept(job: Job) -> str:
    return f"""
        WITH totals AS (
          SELECT {job.period("month")} AS period, customer, sum(amount) AS total FROM amounts GROUP BY ALL
        ), years AS (
          SELECT (past.period + INTERVAL 1 YEAR)::DATE AS period, present.total AS now, past.total AS before
          FROM totals past LEFT JOIN totals present
            ON present.customer = past.customer AND present.period = (past.period + INTERVAL 1 YEAR)::DATE
          WHERE past.total > 0
        )
        SELECT period, coalesce(sum(now), 0), sum(before), count(*) FROM years
        WHERE {job.in_time("period")} GROUP BY period
    """


_QUESTIONS = {"average_billing": _average, "revenue_retention": _kept, "money": _sum}


def _value(job: Job, exact: Fraction, n: int) -> Value:
    is_share = job.kind == "revenue_retention"
    return Value(exact * 100 if is_share and job.percent else exact, n)


def _missing(job: Job) -> int:
    """How many were billed in the month before the last, and not in the last."""
    last = job.periods[-1].last.replace(day=1)
    before = period_of(last, "month").later(-1).first
    ((number,),) = job.engine.ask(
        f"SELECT count(*) FROM (SELECT customer FROM amounts WHERE month = DATE '{before}' "
        f"EXCEPT SELECT customer FROM amounts WHERE month = DATE '{last}')"
    )
    return int(number)


def _credited(job: Job) -> int:
    """How many got more credit in the last month than they were billed."""
    last = job.periods[-1].last.replace(day=1)
    ((number,),) = job.engine.ask(
        f"SELECT count(*) FROM (SELECT customer FROM amounts WHERE month = DATE '{last}' "
        "GROUP BY customer HAVING sum(amount) < 0)"
    )
    return int(number)
