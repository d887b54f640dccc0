"""Tests of retold.encoders."""
