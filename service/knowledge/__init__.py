"""What the bank knows and answers by: articles in both languages, written under four eyes, looked at again by a day."""
