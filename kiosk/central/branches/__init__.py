"""Libraries, their branches and the devices that stand in them."""
