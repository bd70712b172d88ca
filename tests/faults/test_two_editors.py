"""Two who write at the same moment: all is saved, and nobody meets an error. Fault 20."""

import pytest

from tests.extent import at_night

TWO = r"""
import datetime as dt, multiprocessing, sys, time
from tests.faults.scripts import *
from archive.editing import persistence, publication
from archive.editing.ingestion import load
from archive.editing import name_curation
from archive.models import *

forks, rounds = multiprocessing.get_context("fork"), int(sys.argv[1])
both = forks.Barrier(2, timeout=600)
merging, merged = forks.Event(), forks.Event()

def two(*works):
    # Each in a process of its own, and each round of them at the same moment.
    def rounds_of(work):
        for number in range(rounds):
            try:
                both.wait()
                work(number)
            except BaseException:
                both.abort()  # the other need not wait
                raise
    connections.close_all()
    made = [forks.Process(target=rounds_of, args=(work,)) for work in works]
    for one in made: one.start()
    for one in made: one.join()
    assert [one.exitcode for one in made] == [0, 0], "one of them failed; see above"

def day_of(number):
    return (dt.date(2020, 1, 1) + dt.timedelta(days=number)).isoformat()

def save(day, *names, ministry="外交部", asked="中方对山川异域有何评论", publish=False):
    # A conference at which each of `names` answers one question.
    year, month, date = map(int, day.split("-"))
    told = [f"{ministry}例行记者会", f"{year}年{month}月{date}日"]
    for at, name in enumerate(names, start=1):
        told += [f"路透社记者：{asked}，第{at}次？", f"{name}：{asked * 3}，这是第{at}次答复。"]
    return load("\n".join(told).encode(), f"{day}.txt", publish=publish).conference

def name_of(number, who):
    return "赵钱孙李周吴郑王冯陈"[number % 10] + "甲乙丙丁戊己庚辛壬癸"[number // 10] + who
"""

SAME_DAY = """
two(
    lambda number: save(day_of(number), "毛宁", publish=True),
    lambda number: save(
        day_of(number), "吴谦", ministry="国防部", asked="请介绍一下联合演习情况", publish=True
    ),
)
slugs = set(Conference.objects.values_list("slug", flat=True))
assert slugs == {f"{day_of(n)}{more}" for n in range(rounds) for more in ("", "-2")}, slugs
"""

OPPOSITE = """
two(
    lambda number: save(day_of(number), name_of(number, "天"), name_of(number, "地")),
    lambda number: save(day_of(number + 500), name_of(number, "地"), name_of(number, "天")),
)
assert Conference.objects.count() == 2 * rounds
names = [name_of(number, who) for number in range(rounds) for who in "天地"]
assert sorted(Speaker.objects.values_list("name", flat=True)) == sorted(names)
"""

MERGED = """
save_exchanges = persistence._save_exchanges

def save_late(*args, **kwargs):
    # Who answers is known, and not yet written, when the merge comes.
    merging.set()
    merged.wait(0.5)  # in vain where it waits for us
    return save_exchanges(*args, **kwargs)

def ingest(number):
    persistence._save_exchanges = save_late
    save(day_of(number + 500), name_of(number, "天"))

def merge(number):
    merging.wait(600)
    one = Speaker.objects.get(name=name_of(number, "天"))
    other = Speaker.objects.get(name=name_of(number, "地"))
    name_curation.merge(one, other, user=None, reason="同一人")
    merged.set()
    merging.clear()

for number in range(rounds):
    save(day_of(number), name_of(number, "天"), name_of(number, "地"))
two(ingest, lambda number: (merge(number), time.sleep(0.1), merged.clear()))
for number in range(rounds):
    assert not Speaker.objects.filter(name=name_of(number, "天")).exists()
    assert Speaker.objects.get(name=name_of(number, "地")).answers.count() == 3, number
"""

PUBLISHED = """
drafts = [save(day_of(number), "毛宁") for number in range(rounds)]

def publish(number):
    publication.publish(Conference.objects.get(pk=drafts[number].pk), user=None)

two(publish, publish)
assert Conference.objects.published().count() == Revision.objects.count() == rounds
"""

WELL = """
writer.drain()
assert differences() == [], differences()
"""


def run(home, what, rounds):
    home.manage("index")
    home.python(TWO + what + WELL, rounds)


@pytest.mark.parametrize("rounds", [6, at_night(25)])
def test_two_conferences_of_one_day_are_both_saved(home, rounds):
    run(home, SAME_DAY, rounds)


@pytest.mark.parametrize("rounds", [5, at_night(20)])
def test_the_same_new_speakers_in_opposite_order_are_made_once(home, rounds):
    run(home, OPPOSITE, rounds)


@pytest.mark.parametrize("rounds", [3, at_night(20)])
def test_a_merge_during_an_ingest_loses_no_answer(home, rounds):
    run(home, MERGED, rounds)


@pytest.mark.parametrize("rounds", [4, at_night(20)])
def test_of_two_publishers_one_publishes_and_neither_fails(home, rounds):
    run(home, PUBLISHED, rounds)
