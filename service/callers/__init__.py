"""Who speaks to the bank and is no customer that it knows: passers-by, those who stay anonymous, and those who may speak for a customer."""
