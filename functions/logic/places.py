"""Where the files of an answer are kept."""

from functions.logic.question import Question
from functions.storage.ports import Files


def at(key: str, *parts: str) -> str:
    """Give the key of a file of an answer."""
    return "/".join(("answers", key, *parts))


def keep_question(files: Files, key: str, question: Question) -> None:
    """Keep what is asked; one that was damaged is as it was."""
    files.write(at(key, "question.json"), question.model_dump_json().encode())
