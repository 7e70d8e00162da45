"""Play: time passes, and what happens to every contact is written down."""
