"""Simulate: one case played through on a virtual clock, told as a timeline that people can read.

    simulation = simulate(program, start=parse_moment("2026-02-13 15:00"), answers="silent")

It plays with the one interpreter, so it shows what would really happen.
"""

from engine.simulate.playing import Answers, NotOpened, simulate
from engine.simulate.simulation import Row, Simulation

__all__ = ["Answers", "NotOpened", "Row", "Simulation", "simulate"]
