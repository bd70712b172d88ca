"""The date of a conference, from all that its file says. Pure.

dateparser 1.5 was tried instead (search_dates, strict). Of 22 ways of writing one day, chosen after
this code was written, it read 15 with ten languages named (5.9 s) and 14 without (37 s); this reads
19 (1 ms), but no Polish or Arabic, and 11/03/2017 by the file's other dates. dateparser misses
二〇二〇年, 民國 and 令和, and makes years of other numbers.
"""
