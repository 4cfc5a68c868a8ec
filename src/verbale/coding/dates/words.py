"""The words of dates: months, weekdays, seasons, numbers, fixed holidays, and the nouns that make a number a count."""

from __future__ import annotations

from typing import Final

from verbale.vocab.numbers import TENS, UNITS

MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH_SHORT: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS: Final[dict[str, int]] = {
    **{name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)},
    **{name.lower(): number for number, name in enumerate(MONTH_SHORT, 1)},
    "sept": 9,
}
WEEKDAYS: Final[dict[str, int]] = {
    name: number for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
# First month of each season and of the next; the winter of a year begins in its December. Northern, because the texts that name
# seasons without saying more nearly always mean that hemisphere.
SEASONS: Final[dict[str, int]] = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
NUMBERS: Final[dict[str, int]] = {
    **{word: number for number, word in enumerate(UNITS) if number},
    **{word: 10 * number for number, word in enumerate(TENS) if number > 1},
    **{"a": 1, "an": 1},
}
CENTURIES: Final[dict[str, int]] = {
    word: number
    for number, word in enumerate(
        [
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty-first",
        ],
        10,
    )
}
HOLIDAYS: Final[dict[str, tuple[int, int]]] = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "may day": (5, 1),
}

# After a four-digit number these show a count or measure: "in 2000 men" is no year.
COUNTED: Final = (
    "acres|advisers|advisors|aircraft|aeroplanes|airplanes|barrels|billion|captives|casualties|civilians|copies|days|"
    "deaths|delegates|demonstrators|detainees|dollars|dead|euros|families|fatalities|feet|fighters|francs|guns|"
    "hectares|homes|horsemen|hours|houses|inhabitants|km|kilometers|kilometres|kilos|lives|marks|marines|megawatts|"
    "members|men|meters|metres|miles|militants|million|missiles|officers|pages|people|percent|per cent|persons|"
    "pilgrims|planes|police|policemen|pounds|prisoners|protesters|rebels|refugees|rifles|rockets|roubles|rounds|"
    "rubles|sailors|settlers|ships|shells|soldiers|sorties|square|students|tanks|tonnes|tons|troops|vehicles|"
    "villages|volunteers|votes|warheads|women|words|workers|wounded|yards|years"
)  # fmt: skip
# After "the 17th" these show that no day of a month is meant: "on the 17th parallel".
ORDERED: Final = (
    "amendment|anniversary|army|article|battalion|birthday|brigade|century|centuries|conference|congress|corps|day|division|"
    "edition|fleet|floor|hour|infantry|meeting|meridian|parallel|party|plenary|plenum|regiment|republic|round|session|street|"
    "summit|time|year"
)
