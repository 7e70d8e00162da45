"""The tests of Kanaalkompas: a package, since a library that they use installs another `tests`."""
