// Stands for newlib's string.h: picolibc's, with what only _GNU_SOURCE shows there.
#pragma once
#include_next <string.h>
extern "C" char *strcasestr(const char *text, const char *word);
