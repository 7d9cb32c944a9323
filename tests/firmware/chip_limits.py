"""What the pod's own code may cost a chip."""

# ESPHome's main task has 8 KiB of stack, shared with ESP-IDF and lwIP: a frame of ours is a tenth at most.
MOST_FRAME_BYTES = 768

# Code and data of the project's own units by power profile, as the RISC-V compiler makes them at -Os, before
# the linker leaves out what nothing calls: at most 49,100 and 51,700 were measured; a twentieth is added.
MOST_BYTES = {"home": 51_500, "balanced": 54_500, "endurance": 54_500}

# Stand-ins are declarations: more than this would be a second ESP-IDF.
MOST_STAND_IN_LINES = 1_500
