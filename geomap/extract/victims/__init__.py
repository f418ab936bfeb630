"""Whose dead and whose tanks: sides and status of the losses that an event tells of."""
