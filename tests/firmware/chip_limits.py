"""What the pod's own code may cost a chip."""

# ESPHome's main task has 8 KiB of stack, shared with ESP-IDF and lwIP: a frame of ours is a tenth at most.
MOST_FRAME_BYTES = 768

# Code and data of the project's own units by power profile, as the RISC-V compiler makes them at -Os, before
# the linker leaves out what nothing calls. Of the sample that is compiled, these were measured at most: for
# `home` 60,370 and for `balanced` 63,861 (the Capsule's, with the program of a BMI270 in it), for `endurance`
# 57,899 (a XIAO's with light sleep); a twentieth is added.
MOST_BYTES = {"home": 63_400, "balanced": 67_100, "endurance": 60_800}

# Stand-ins are declarations: more than this would be a second ESP-IDF.
MOST_STAND_IN_LINES = 1_500
