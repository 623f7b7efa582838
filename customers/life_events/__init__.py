"""What happens in a customer's life: marriage, a child, school, a move, retirement; dated, and known from somewhere."""
