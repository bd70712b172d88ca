"""Formats that Django's own for Chinese leave out or get wrong: 5月24日, not 05月24日; 1,242."""

MONTH_DAY_FORMAT = "n月j日"
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
WEEKDAY_DATE_FORMAT = "Y年n月j日 l"  # ours: a date with its day of the week
YEAR_FORMAT = "Y年"  # ours too
