"""The verification pack: what the simulator says, beside what is known to be true.

`pack` plays everything by every engine and `report` judges it: queues in ``cases`` beside their
exact answers (`formulas`, `laws`, `observe`, `judgement`), ``simulations`` that others published
(`published`), and identities on random scenarios (`random_runs`, `reconciled_counts`,
`reconciled_people`). What both engines played is compared byte for byte (`alike`).
"""
