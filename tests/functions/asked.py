"""The form of `serve`, filled in and sent."""

import io

import pytest
from werkzeug.datastructures import FileStorage, MultiDict

from functions.serve.faults import Wrong
from functions.serve.form import read_form
from functions.serve.own_files import read_own
from functions.serve.words import read_words


def own(name, text):
    return FileStorage(io.BytesIO(text if isinstance(text, bytes) else text.encode()), name)


def read(values, files=(), language="nl"):
    """Read a form as it was sent."""
    values, t = MultiDict(values), read_words(language)
    files, wrong = read_own(values, MultiDict(files), t)
    return read_form(values, files, t, wrong)


def faults(values, files=(), language="nl"):
    with pytest.raises(Wrong) as wrong:
        read(values, files, language)
    return [(each.field, each.text) for each in wrong.value.faults]


def post(client, values, language="nl", **options):
    return client.post(f"/{language}/new", data=values, base_url="http://localhost", **options)
