"""LibreOffice, which computes a workbook anew; and the cells of one by their names."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from simulation.report.workbook.book import SHEETS
from simulation.report.workbook.effects import COLUMNS

_FORM = "xlsx:Calc MS Excel 2007 XML"


def find_office() -> str:
    places = (os.environ.get("SOFFICE"), *map(shutil.which, ("soffice", "libreoffice")))
    found = next(filter(None, places), None)
    if found is None:
        pytest.fail(
            "there is no LibreOffice: run `sh tools/packages.sh soffice` as root, or install it "
            "and set SOFFICE to its path",
            pytrace=False,
        )
    return found


def changed(book: Path, target: Path, values: dict[str, float]) -> Path:
    """Save a workbook with other values in named cells, and without what its formulas came to."""
    work = openpyxl.load_workbook(book)
    for name, value in values.items():
        ((sheet, cell),) = work.defined_names[name].destinations
        work[sheet][cell].value = value
    work.save(target)
    return target


def recalculated(books: list[Path], folder: Path) -> list[Path]:
    """Have LibreOffice compute workbooks anew, in a profile of its own: tests run at once."""
    out = folder / "recalculated"
    done = subprocess.run(
        [
            find_office(),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            _FORM,
            "--outdir",
            str(out),
            *map(str, books),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return [out / book.name for book in books]


def cells(book: Path) -> dict[str, object]:
    """Give what every cell shows, by ``sheet!cell``; nothing for cells that show nothing."""
    work = openpyxl.load_workbook(book, data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in work
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in {None, ""}
    }


def effects(book: Path, letter: str) -> list[dict[str, float]]:
    """Give the rows of a strategy on the sheet with effects, by the keys of its columns."""
    found = [row for row in rows(book, "effects", COLUMNS) if isinstance(row["year"], int | float)]
    return [row for row in found if str(row["scenario"]).startswith(f"{letter} ")]


def rows(book: Path, key: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Give the rows of a sheet of a workbook that has all of them, by the keys of its columns."""
    page = openpyxl.load_workbook(book, data_only=True).worksheets[SHEETS.index(key)]
    return [dict(zip(columns, row, strict=False)) for row in page.iter_rows(values_only=True)]
