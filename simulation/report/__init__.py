"""What people get to see of a comparison: one page that opens from disk, in Dutch and English.

``write_page`` is the room's face. Behind it, in the order in which a result becomes a page:
`facts` asks the result questions, `claims` says what the numbers allow, `speech`, `reader`,
`words` and `numbers` put it in a language, `figures` and `sections` lay it out, `page` writes it.
"""

from simulation.report.page import write_page

__all__ = ["write_page"]
