"""What text cannot do in the place that it goes to."""
