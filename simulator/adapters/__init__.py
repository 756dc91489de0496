"""One outside library a module, each behind a protocol of `simulator.ports`."""
