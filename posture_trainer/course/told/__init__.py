"""What is told of courses to those who do not read the report: the patient, and whoever looks after many patients."""
