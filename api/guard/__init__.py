"""What stands before every route: names and logs requests, lets in who may come in, answers again what was answered."""
