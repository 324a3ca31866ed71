"""Cases: the list of open ones and the page of each."""
