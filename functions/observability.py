"""Logs and metrics of all functions, in one place."""

from aws_lambda_powertools import Logger, Metrics

NAME = "kanaalkompas"

logger = Logger(service=NAME)
metrics = Metrics(namespace=NAME, service=NAME)
