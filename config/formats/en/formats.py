"""English as an international archive writes it: 24 May 2020, not May 24, 2020."""

DATE_FORMAT = "j F Y"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
FIRST_DAY_OF_WEEK = 1
WEEKDAY_DATE_FORMAT = "l, j F Y"  # ours: a date with its day of the week
YEAR_FORMAT = "Y"  # ours too
