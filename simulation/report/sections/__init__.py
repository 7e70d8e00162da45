"""The parts of the page that are not figures: each turns the result into what a template shows."""
