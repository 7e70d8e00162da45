"""The verification pack: what the simulator says, beside what is known to be true.

Queues whose answer theory gives exactly are played by both engines. `formulas` holds the answers,
``cases`` the queues as files, `judgement` decides whether the two agree.
"""
