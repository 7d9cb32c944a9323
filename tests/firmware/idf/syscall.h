// Stands for ESP-IDF's syscall.h.
#pragma once
