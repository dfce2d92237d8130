"""The exchange with central: order and back-off, carriers, one round."""
