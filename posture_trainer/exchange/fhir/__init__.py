"""A patient's figures for a clinic's own records: HL7 FHIR R4."""
