"""Books side by side: what each holds and brings, whom nobody looks after, what is suggested; each figure leads to its rows."""
