"""AWS on this machine: the template, deployed as it is, with no account.

MiniStack answers for AWS; Amazon's own runtime emulator runs the functions; a small issuer gives
tokens. It runs in `.venv-aws`, and nothing of the product imports it.
"""
