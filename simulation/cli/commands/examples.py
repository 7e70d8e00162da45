"""What stands below the options in help."""


def examples(*commands: str, note: str = "") -> str:
    """Write examples of a command; an empty line begins a new line in help."""
    lines = ["[bold]Examples[/bold]", *(f"kanaalkompas {command}" for command in commands)]
    return "\n\n".join([*lines, note] if note else lines)
