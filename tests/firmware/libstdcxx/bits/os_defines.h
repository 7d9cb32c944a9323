// Stands for libstdc++'s bits/os_defines.h: nothing of the system's.
#pragma once
