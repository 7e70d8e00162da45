"""The whole product on one machine: API, pages and workers."""
