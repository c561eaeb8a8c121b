"""What the pages around practice show and do: read from the records, or done with the devices."""
