"""The whole demo town, running for as long as a figure needs it."""
