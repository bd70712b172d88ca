"""kill -9 at any query of a change of a name: the old name or the new one everywhere, never half.

Fault 22.
"""

import pytest

from tests.extent import at_night
from tests.faults.homes import transcripts

QUERIES = """
import sys, random
from tests.faults.scripts import *
from django.core.management import call_command
from archive.editing.name_curation import merge, take_back
from archive.editing.names import changes
from archive.editing.names.wanted import renaming
from archive.models import *
changes.IN_REQUEST = changes._AT_ONCE = 3
call_command("load_outlets", verbosity=0)
call_command("ingest", sys.argv[1], verbosity=0)
writer.rebuild()
count, kills = Conference.objects.count(), int(sys.argv[2])

def finish():
    call_command("finish_name_changes", verbosity=0)

def rename():
    outlet = Outlet.objects.get(slug="reuters")
    change = renaming(outlet, name=outlet.name + "x")
    changes.carry_out(change, user=None, reason="更名")
    finish()

def merging():
    into = Outlet.objects.get(slug="afp")
    merge(Outlet.objects.get(slug="reuters"), into, user=None, reason="合并")
    finish()

def taking_back():
    take_back(NameChange.objects.get(kind="merged", state="done"), user=None, reason="拆回")
    finish()

def names():
    shown = Exchange.objects.filter(asked_by="路透社").values_list("outlet__name", flat=True)
    return set(shown)

done = 0
for work in (rename, merging, taking_back):
    before = Revision.objects.count()
    number = random.randrange(1, 60)
    while killed_at_query(number, work) and done < 10 * kills:
        done += 1
        assert len(names()) == 1, names()
        open_or_none = NameChange.objects.filter(state__in=("pending", "running"))
        made = Revision.objects.count() - before
        assert made in (0, count), (work, number, made)
        if made or open_or_none.exists():
            finish()
            break
        number = random.randrange(1, 60)
    finish()
    assert Revision.objects.count() - before == count, work
    assert not NameChange.objects.filter(state__in=("pending", "running")).exists()
    writer.drain()
    assert differences() == [], (work, differences())
print(done)
"""


@pytest.mark.parametrize("kills", [1, at_night(10)])
def test_a_change_of_a_name_that_is_killed_is_done_or_not_begun(home, tmp_path, kills):
    folder = transcripts(tmp_path / "in", 8)
    assert int(home.python(QUERIES, folder, kills).splitlines()[-1]) >= 0
