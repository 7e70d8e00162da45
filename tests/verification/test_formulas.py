"""The formulas against values in the books, and against each other where they meet."""

from math import exp

import pytest

from simulation.verification import formulas
from tests.theory.transient import busy_in_m_t_g_infinity, found_busy_from_empty


@pytest.mark.parametrize(
    ("c", "load", "blocking"),
    [(1, 1.0, 0.5), (2, 1.0, 0.2), (5, 3.0, 0.1101), (20, 12.03, 0.0100), (100, 84.1, 0.0101)],
)
def test_erlang_b_is_that_of_the_tables(c, load, blocking):
    """The last two: 20 trunks carry 12.0 erlangs, and 100 carry 84.1, at 1 % blocking."""
    assert formulas.erlang_b(c, load) == pytest.approx(blocking, abs=1e-4)


@pytest.mark.parametrize(
    ("c", "load", "waits"), [(1, 0.7, 0.7), (2, 1.5, 9 / 14), (10, 8.0, 0.4092), (10, 9.0, 0.6687)]
)
def test_erlang_c_is_that_of_the_tables(c, load, waits):
    assert formulas.erlang_c(c, load) == pytest.approx(waits, abs=1e-4)


def test_erlang_a_is_that_of_garnett_mandelbaum_and_reiman():
    """48 calls a minute of 1 minute, 50 agents: with a mean patience of 2 minutes 3.1 % leave and
    the mean wait is 3.7 s; with endless patience it is 20.8 s and 17 wait on average."""
    law = formulas.erlang_a(50, 48.0, 2.0)
    assert law.abandons == pytest.approx(0.031, abs=5e-4)
    assert law.wait * 60 == pytest.approx(3.7, abs=0.05)
    assert formulas.erlang_c_wait(50, 48.0) * 60 == pytest.approx(20.8, abs=0.05)
    assert 48 * formulas.erlang_c_wait(50, 48.0) == pytest.approx(17, abs=0.5)


@pytest.mark.parametrize(
    ("c", "load", "patience"), [(1, 0.9, 2.0), (11, 10.0, 1.7), (100, 115.0, 1.0)]
)
def test_the_integrals_of_m_m_c_g_give_erlang_a(c, load, patience):
    law = formulas.impatient(c, load, lambda time: exp(-time / patience), 60.0)
    known = formulas.erlang_a(c, load, patience)
    assert law.waits == pytest.approx(known.waits, rel=1e-6)
    assert law.abandons == pytest.approx(known.abandons, rel=1e-6)
    assert law.wait == pytest.approx(known.wait, rel=1e-6)


@pytest.mark.parametrize("patience", [0.5, 1.0, 3.0])
def test_the_integrals_give_m_m_1_d_at_full_load(patience):
    """There the loss is 1 / (2 + patience)."""
    law = formulas.impatient(1, 1.0, lambda time: float(time < patience), 60.0)
    assert law.abandons == pytest.approx(1 / (2 + patience), rel=1e-4)


def test_m_m_1_k_is_a_cut_geometric():
    law = formulas.bounded(1, 3, 0.5)
    assert law.blocked == pytest.approx(1 / 15)
    assert law.queue == pytest.approx(4 / 15)


def test_m_m_c_k_ends_in_erlang_b_and_erlang_c():
    assert formulas.bounded(11, 11, 9.0).blocked == pytest.approx(formulas.erlang_b(11, 9.0))
    assert formulas.bounded(11, 900, 9.0).waits == pytest.approx(formulas.erlang_c(11, 9.0))


@pytest.mark.parametrize("load", [0.3, 0.8])
def test_pollaczek_and_khinchine_give_m_m_1_and_half_of_it_for_m_d_1(load):
    assert formulas.wait_in_m_g_1(load, 1.0) == pytest.approx(formulas.erlang_c_wait(1, load))
    assert formulas.wait_in_m_g_1(load, 0.0) == pytest.approx(formulas.erlang_c_wait(1, load) / 2)


def test_one_chat_at_a_time_is_m_m_c_k():
    law, known = formulas.chats(3, (1.0,), 4, 2.0), formulas.bounded(3, 7, 2.0)
    assert law.blocked == pytest.approx(known.blocked)
    assert law.waits == pytest.approx(known.waits)
    assert law.queue == pytest.approx(known.queue)


def test_arrivals_from_empty_come_to_wait_as_often_as_in_equilibrium():
    late = found_busy_from_empty(5, 4.0, 400.0) - found_busy_from_empty(5, 4.0, 300.0)
    assert late / 400.0 == pytest.approx(formulas.erlang_c(5, 4.0), rel=1e-6)


def test_constant_arrivals_fill_m_g_infinity_up_to_the_load():
    found = busy_in_m_t_g_infinity(lambda _: 7.0, lambda age: exp(-age), 3.0, [0.0, 1.0])
    assert found == pytest.approx(7 * (1 - exp(-3.0)))
