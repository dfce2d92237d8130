"""Tests of the fields that know what is written in them."""
