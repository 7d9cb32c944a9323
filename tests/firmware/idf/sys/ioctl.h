// Stands for ESP-IDF's sys/ioctl.h.
#pragma once
