"""The business case: what a strategy costs and saves year by year, in contracts that really end.

Every year is simulated at its own adoption, volumes and staffing (`years`, `points`); needs become
whole contracts that begin or end when they can (`contracts`); these and what is bought become lines
of a yearly budget (`lines`), and lines become effects, present values and paybacks (`effects`,
`formulas`). Nothing here rests on a rate of another base: people are paid by contract.
"""
