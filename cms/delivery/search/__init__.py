"""Search as readers get it: conditions from parameters, the gate, counts, corrections."""
