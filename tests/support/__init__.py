"""What tests share: real databases, a guard around the network, a fixed time."""
