"""How the service desk does: figures over a period, each the number of rows of the list that it leads to."""
