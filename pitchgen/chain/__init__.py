"""The chains from the promise to each need of a customer, and the weakest link of each."""
