"""What a bank wants to be told of its customers: money that comes or goes, birthdays, maturities, moves of tier, home and job."""
