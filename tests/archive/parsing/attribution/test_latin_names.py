from archive.parsing.attribution.latin_names import find_mentions


def test_mentions_hold_what_stands_around_a_name():
    found = list(find_mentions(["I welcome Dr. Ann B. Poe, the Director."], [("poe",)], 1))
    assert [(m.given, m.surname, m.honorific, m.role, m.introduced) for m in found] == [
        ("Ann B.", "Poe", "dr", "Director", True)
    ]
