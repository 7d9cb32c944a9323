// Stands for newlib's time.h: picolibc's, with what C11 has and picolibc of Debian 12 has not.
#pragma once
#include_next <time.h>
#ifndef TIME_UTC
#define TIME_UTC 1
extern "C" int timespec_get(struct timespec *place, int base);
#endif
