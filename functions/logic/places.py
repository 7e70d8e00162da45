"""Where the files of an answer are kept."""

from typing import Final

from functions.logic.question import Question
from functions.storage.ports import Files

QUESTION: Final = "question.json"

_DECIDED_ON: Final = (QUESTION, "documents/", "scenarios/")
"""Files of an answer that are kept with a run that is pinned, or renewed with the answer."""


def at(key: str, *parts: str) -> str:
    """Give the key of a file of an answer."""
    return "/".join(("answers", key, *parts))


def keep_question(files: Files, key: str, question: Question, *, anew: bool = False) -> bool:
    """Keep what is asked, and tell whether it was written; one that was damaged is as it was.

    Parameters
    ----------
    files, key : of the answer
    question : what is asked
    anew : whether it is written whatever there is, so that it goes no sooner than an answer to come
    """
    place, data = at(key, QUESTION), question.model_dump_json().encode()
    if not anew and files.write_new(place, data):
        return True
    if anew or files.read(place) != data:
        files.write(place, data)
        return True
    return False


def renew_decided(files: Files, key: str) -> None:
    """Have what can be decided on go as late as if the answer were written now."""
    for place in _DECIDED_ON:
        files.renew(at(key, place))


def keep_decided(files: Files, key: str) -> None:
    """Keep what was decided on, however old it becomes: all of an answer but its work."""
    for place in _DECIDED_ON:
        files.keep(at(key, place))
