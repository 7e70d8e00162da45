"""Scenarios for experiments, and what the tests run in processes of their own."""

import json
import os
import signal
import sys
from hashlib import sha256
from pathlib import Path

from simulation.experiment import Task, run_all
from simulation.experiment.replication import Simulator
from simulation.scenario import loads

TEXT = """
kanaalkompas: 1
title: A morning
seed: 3
horizon: {start: 2026-01-05, length: 5 hours}
variation: {year_cv: 0.1, day_cv: 0.2, day_autocorrelation: 0.3}
demand:
  phone: {rates: [{per_hour: 60}]}
  mail: {rates: [{per_hour: 10}]}
  chat: {rates: [{per_hour: 20}]}
channels:
  phone:
    kind: live
    handling: {family: gamma, mean: 4 minutes, cv: 0.7}
    wrap_up: {family: weibull, mean: 30 s, cv: 0.5}
    patience: {family: hyperexponential, mean: 2 minutes, cv: 1.5}
    resolution: 0.8
    after_unresolved:
      delay: {family: lognormal, mean: 20 minutes, cv: 1}
      to: {phone: 0.7, mail: 0.3}
    after_abandoned: {probability: 0.5, delay: {family: erlang, mean: 5 minutes, stages: 2}}
  mail: {kind: deferred, handling: {family: lognormal, mean: 6 minutes, cv: 1.2}}
  chat: {kind: chat, slowdown: [1, 1.4, 1.9], handling: {family: exponential, mean: 5 minutes}}
teams:
  agents:
    roster: [{heads: 6}]
    channels: {phone: {}, mail: {}, chat: {}}
    absence: {share: 0.1, spell: 2 days}
    pay_scale: s8
costs: {price_level: 2026, pay_scales: {s8: {monthly_salary: 3500}}}
norms: {fast: {channel: phone, within: 25 s, target: 0.8}}
"""


def scenario(**parts):
    """Read the scenario, with other top-level parts."""
    loaded = loads(TEXT).scenario
    return loads(json.dumps({**loaded.model_dump(mode="json", by_alias=True), **parts})).scenario


def dump(run):
    """Write what was found as bytes, in the order in which a run gives it."""
    return json.dumps(
        [
            [[number, list(row.items())] for number, row in each.ordered()]
            for each in run.experiments
        ]
    ).encode()


def digest():
    """Give the hash of contacts, record and measures of two replications."""
    simulator, found = Simulator(scenario()), sha256()
    for number in (1, 2):
        contacts = simulator.sampler.contacts(number)
        for column in (contacts.key, contacts.time, contacts.handling, contacts.patience):
            found.update(column.tobytes())
        found.update(json.dumps(simulator.measures(number)).encode())
    return found.hexdigest()


def kill_a_worker_for_good(folder):
    """Replicate while the worker that plays replication 3 is killed, every time."""
    from tests.experiment import lethal  # noqa: PLC0415 - only in this process

    os.environ[lethal.VICTIM] = "3"
    os.environ[lethal.FOLDER] = folder
    outcomes = dict(lethal.execute(range(1, 9)))
    sys.stdout.write(json.dumps(outcomes))


def interrupt_after(count):
    """Replicate, and send this process the signal of Ctrl-C after some replications."""

    def progress(done, _):
        if done == count:
            os.kill(os.getpid(), signal.SIGINT)

    run = run_all([Task(scenario(), tuple(range(1, 401)))], 2, progress)
    finished = run.experiments[0].finished
    sys.stdout.write(json.dumps([run.interrupted, len(finished), sorted(finished)[:3]]))


def run_out_of_memory():
    """Replicate a scenario of which one year is a hundred times busier than memory allows."""
    import resource  # noqa: PLC0415 - not on every system

    crowded = scenario(
        seed=4, variation={"year_cv": 2.0}, demand={"mail": {"rates": [{"per_hour": 40_000}]}}
    )
    run_all([Task(crowded, (6,))], 1)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 150_000_000,) * 2)
    (found,) = run_all([Task(crowded, (2, 4, 6))], 1).experiments
    sys.stdout.write(json.dumps([sorted(found.finished), found.failed]))


def peak_memory(replications):
    """Give the peak of this process's memory in kilobytes after so many replications."""
    import resource  # noqa: PLC0415 - not on every system

    run_all([Task(scenario(), tuple(range(1, replications + 1)))], 1)
    sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    task, *arguments = sys.argv[1:]
    if task == "digest":
        sys.stdout.write(digest())
    else:
        globals()[task](*(int(each) if each.isdigit() else each for each in arguments))
