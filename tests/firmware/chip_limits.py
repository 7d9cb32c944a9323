"""What the pod's own code may cost a chip."""

# ESPHome's main task has 8 KiB of stack, shared with ESP-IDF and lwIP: a frame of ours is a tenth at most.
MOST_FRAME_BYTES = 768

# Code and data of the project's own units by power profile, as the RISC-V compiler makes them at -Os, before
# the linker leaves out what nothing calls: 60,093 were measured at most for `home`, and saving power took
# 4,400 more when that was last measured; a twentieth is added.
# (49,100 and 51,700 before a walk had to be proven and a sensor that fails was noticed and set up again,
# 56,000 and 60,400 before walks on trial, belts and light sleep.)
MOST_BYTES = {"home": 63_200, "balanced": 67_800, "endurance": 67_800}

# Stand-ins are declarations: more than this would be a second ESP-IDF.
MOST_STAND_IN_LINES = 1_500
