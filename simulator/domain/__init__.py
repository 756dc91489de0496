"""The call itself: values and pure decisions. Standard library only, no input or output, no clock."""
