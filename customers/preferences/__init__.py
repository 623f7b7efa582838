"""How a customer wants to be treated: form of address, language, channel and time, festivals, food, gifts, attitudes."""
