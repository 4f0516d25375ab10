"""The operator's own accounts, which open what a source keeps from the public."""
