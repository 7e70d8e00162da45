"""Rostering: heads that are needed become shifts and contracts of people."""
