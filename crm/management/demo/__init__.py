"""A Chinese bank with a story, made of a seed: the same seed, size and last day give the same data.

`make` puts the parts together; `bank` has its branches, staff, products; `people` and `companies` its customers;
`stories` what happens to their money; `ledger` turns that into accounts, transactions, balances and fees.
"""
