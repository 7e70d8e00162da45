"""The figures of the page: one module per chart, each a function of the result and a reader."""
