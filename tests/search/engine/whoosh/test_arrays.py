"""Arrays in a column file: what was saved is what is read, whatever becomes of the file."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of
from whoosh.filedb.structfile import StructFile

from search.engine.whoosh import arrays


def stored(path, held):
    with path.open("wb") as file:
        arrays.save(StructFile(file), held)
    with path.open("rb") as file:
        return arrays.Stored(StructFile(file), 0, path.stat().st_size)


@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.sampled_from(["u1", "<u2", "<u4", "<i8"]).flatmap(
            lambda dtype: arrays_of.arrays(dtype, st.integers(0, 40))
        ),
    )
)
def test_what_was_saved_is_read_again(tmp_path_factory, held):
    found = stored(tmp_path_factory.mktemp("arrays") / "column", held)
    for name, array in held.items():
        assert np.array_equal(found[name], array)
        assert np.array_equal(found.read(name, 0, len(array)), array)
        assert np.array_equal(
            found.read(name, len(array) // 3, len(array)), array[len(array) // 3 :]
        )


def test_a_file_that_is_deleted_can_still_be_read(tmp_path):
    found = stored(tmp_path / "column", {"a": np.arange(100_000)})
    (tmp_path / "column").unlink()
    assert found["a"][99_999] == found.read("a", 99_999, 100_000)[0] == 99_999


def test_what_is_read_cannot_be_changed(tmp_path):
    found = stored(tmp_path / "column", {"a": np.arange(3)})
    with pytest.raises(ValueError, match="read-only"):
        found["a"][0] = 1
