"""Makes the starter's exports in data/: `make data`. Every name and figure in them is invented.

They look like what survey, ticket and billing programs write, with their delimiters, encodings and days, and
with what is usual in such files: blank answers, a test account, credit notes, customers who left.
"""

from __future__ import annotations

import csv
import random
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
MONTHS = [(2025, 12), *((2026, month) for month in range(1, 11))]
QUARTERS = [(2025, 4), (2026, 1), (2026, 2), (2026, 3)]
CUSTOMERS = 124


def write(name: str, rows: Iterable[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8") -> None:
    """One export, its first row the headings."""
    with (DATA / name).open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)


def spread(counts: dict[int, int], chance: random.Random) -> list[int]:
    """Each answer as often as it was given, in no order."""
    answers = [answer for answer, number in counts.items() for _ in range(number)]
    chance.shuffle(answers)
    return answers


def net(n: int, score: int, chance: random.Random) -> list[int]:
    """`n` answers on 0-10 whose NPS is `score`, rounded."""
    detractors = round(n * (0.12 if score > 35 else 0.18))
    promoters = detractors + round(n * score / 100)
    low = spread({0: detractors // 9, 3: detractors // 7, 5: detractors // 4}, chance)
    low += [6] * (detractors - len(low))
    high = [9] * (promoters // 2) + [10] * (promoters - promoters // 2)
    middle = n - promoters - detractors
    answers = low + high + [7] * (middle // 3) + [8] * (middle - middle // 3)
    chance.shuffle(answers)
    return answers


def moment_in(year: int, first: int, months: int, chance: random.Random) -> datetime:
    """Some moment of office hours in these months."""
    month = first + chance.randrange(months)
    day = chance.randrange(monthrange(year, month)[1]) + 1
    return datetime(year, month, day, 7 + chance.randrange(12), chance.randrange(60), chance.randrange(60))


def nps() -> Iterator[Sequence[object]]:
    """A survey of customers, as Typeform exports it."""
    chance = random.Random(41)
    yield (
        "#",
        "Kuinka todennäköisesti suosittelet meitä?",
        "Asiakasnumero",
        "Start Date (UTC)",
        "Submit Date (UTC)",
    )
    number = 0
    for (year, quarter), score, n in zip(QUARTERS, (41, 42, 43, 44), (612, 587, 604, 598), strict=True):
        for answer in (*net(n, score, chance), "", "", ""):
            number += 1
            at = moment_in(year, quarter * 3 - 2, 3, chance)
            yield f"r{number:05}", answer, f"{20_000 + number}", at - timedelta(minutes=3), at


def ease() -> Iterator[Sequence[object]]:
    """A survey after a rollout, on 1-7."""
    chance = random.Random(53)
    yield "Vastattu", "Helppous", "Kanava"
    for (year, quarter), (fives, sixes), n in zip(
        QUARTERS, ((0.34, 0.38), (0.32, 0.38), (0.30, 0.40), (0.28, 0.42)), (720, 688, 701, 694), strict=True
    ):
        mean = {(2025, 4): 5.3, (2026, 1): 5.4, (2026, 2): 5.4, (2026, 3): 5.5}[year, quarter]
        answers = spread({5: round(n * fives), 6: round(n * sixes)}, chance)
        while len(answers) < n:
            left, missing = n - len(answers), round(mean * n) - sum(answers)
            answers.append(min(7, max(1, round(missing / left) + chance.choice((-2, -1, 0, 1, 2)))))
        answers[-1] = min(7, max(1, round(mean * n) - sum(answers[:-1])))
        for answer in answers:
            at = moment_in(year, quarter * 3 - 2, 3, chance)
            yield (
                f"{at.day}.{at.month}.{at.year} {at:%H:%M}",
                answer,
                chance.choice(("sähköposti", "tekstiviesti")),
            )


def staff() -> Iterator[Sequence[object]]:
    """A survey of our own people, which asks for nobody's name."""
    chance = random.Random(22)
    yield "Vastauspäivä", "Suosittelisitko meitä työpaikaksi ystävällesi?"
    for (year, quarter), score, n in zip(QUARTERS, (22, 24, 27, 31), (97, 99, 101, 104), strict=True):
        for answer in net(n, score, chance):
            at = moment_in(year, quarter * 3 - 2, 3, chance)
            yield f"{at.day}.{at.month}.{at.year}", answer


def tickets() -> Iterator[Sequence[object]]:
    """Requests for help, as a help desk exports them; the last ones have no reply yet."""
    chance = random.Random(86)
    yield (
        "Ticket ID",
        "Created at",
        "First reply at",
        "Solved at",
        "Contacts",
        "Satisfaction score",
        "Requester",
    )
    number = 0
    satisfied = (86, 86, 86.5, 86.5, 87, 86.5, 87, 87.5, 87.5, 88, 88)
    once = (64, 64, 65, 65, 65, 66, 66, 66, 67, 67, 67)
    replies = (18, 18, 17, 17, 17, 16, 16, 16, 15, 15, 15)
    for (year, month), share, solved, minutes in zip(MONTHS, satisfied, once, replies, strict=True):
        n, answered = 300, 200
        good = round(answered * share / 100)
        scores = [5] * (good - good // 3) + [4] * (good // 3) + [3] * ((answered - good) // 2)
        scores += [2] * (answered - len(scores) - 4) + [1] * 4
        every: list[object] = [*scores, *[""] * (n - answered)]
        chance.shuffle(every)
        contacts = [1] * round(n * solved / 100)
        contacts += [chance.choice((2, 2, 2, 3, 4)) for _ in range(n - len(contacts))]
        chance.shuffle(contacts)
        waits = sorted(chance.lognormvariate(0, 0.9) for _ in range(n))
        scale = minutes / ((waits[n // 2 - 1] + waits[n // 2]) / 2)
        chance.shuffle(waits)
        for score, times, wait in zip(every, contacts, waits, strict=True):
            number += 1
            at = moment_in(year, month, 1, chance)
            replied = at + timedelta(seconds=round(wait * scale * 60))
            yield (
                f"{48_000 + number}",
                at,
                replied,
                replied + timedelta(hours=chance.randrange(1, 60)),
                times,
                score,
                "customer",
            )
        for _ in range(2):
            number += 1
            at = moment_in(year, month, 1, chance)
            yield (
                f"{48_000 + number}",
                at,
                at + timedelta(seconds=4),
                at + timedelta(minutes=1),
                1,
                5,
                "test account",
            )


def lives(chance: random.Random) -> list[tuple[int, date, date | None]]:
    """When each customer came, and left."""
    start, found = date(2014, 1, 15), []
    for number in range(1, CUSTOMERS * 3):
        came = start + timedelta(days=int(number * 4600 / (CUSTOMERS * 3)) + chance.randrange(10))
        stays = int(chance.weibullvariate(2_850, 1.0)) + 30
        left = came + timedelta(days=stays)
        found.append((number, came, left if left < date(2026, 11, 1) else None))
    return found


def day(value: date | None) -> str:
    """As a Finnish program writes it."""
    return f"{value.day}.{value.month}.{value.year}" if value else ""


def customers(known: Sequence[tuple[int, date, date | None]]) -> Iterator[Sequence[object]]:
    """Customers, former ones too."""
    yield "Asiakasnumero", "Asiakkuus alkoi", "Asiakkuus päättyi", "Toimiala"
    chance = random.Random(7)
    for number, came, left in known:
        yield (
            10_000 + number,
            day(came),
            day(left),
            chance.choice(("kauppa", "terveys", "logistiikka", "palvelut")),
        )


def money(cents: int) -> str:
    """As a Finnish program writes it: `1234,50`."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02}"


def invoices(known: Sequence[tuple[int, date, date | None]], year: int) -> Iterator[Sequence[object]]:
    """Invoices as Procountor exports them: semicolons, decimal commas, credit notes as negative rows."""
    yield "Laskun numero", "Laskun päivä", "Asiakasnumero", "Tyyppi", "Veroton summa", "Alv-%", "Valuutta"
    average = dict(
        zip(MONTHS, (3150, 3158, 3163, 3171, 3180, 3192, 3201, 3207, 3219, 3228, 3240), strict=True)
    )
    for which, month in (each for each in MONTHS if each[0] == year):
        chance, number = random.Random(which * 100 + month), (which - 2000) * 10_000 + month * 200
        end = date(which, month, monthrange(which, month)[1])
        active = [who for who, came, left in known if came <= end and (left is None or left > end)]
        sizes = [chance.lognormvariate(0, 0.55) for _ in active]
        total = average[which, month] * 100 * len(active)
        cents = [round(size * total / sum(sizes)) for size in sizes]
        credited = sorted(chance.sample(range(len(active)), 6 if (which, month) == (2025, 12) else 5))
        credits = [(n, cents[n] // 10) for n in credited]
        cents[-1] += total - sum(cents) + sum(amount for _, amount in credits) + 2 * 5_000
        rows = [(who, "Lasku", amount) for who, amount in zip(active, cents, strict=True)]
        rows += [(active[n], "Hyvityslasku", -amount) for n, amount in credits]
        rows += [(who, "Lupaushyvitys", -5_000) for who in chance.sample(active, 2)]
        for n, (who, kind, amount) in enumerate(rows):
            on = date(which, month, min(3 + n // 12, end.day))
            yield number + n, day(on), 10_000 + who, kind, money(amount), "25,5", "EUR"


def main() -> None:
    """Make all of them."""
    DATA.mkdir(exist_ok=True)
    known = lives(random.Random(1542))
    write("nps.csv", nps())
    write("helppous.csv", ease(), ";")
    write("henkilosto.csv", staff(), ";", "cp1252")
    write("tukipyynnot.csv", tickets())
    write("asiakkaat.csv", customers(known), ";", "cp1252")
    for year in (2025, 2026):
        write(f"laskut-{year}.csv", invoices(known, year), ";", "cp1252")


if __name__ == "__main__":
    main()
