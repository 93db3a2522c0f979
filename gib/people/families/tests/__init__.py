"""Tests of the families."""
