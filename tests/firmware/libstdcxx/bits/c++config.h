// Stands for libstdc++'s bits/c++config.h as built for the chip: that of the PC without what only Linux has.
#pragma once
#include_next <bits/c++config.h>
#undef _GLIBCXX_HAS_GTHREADS
#undef _GLIBCXX_HAVE_LINUX_FUTEX
#undef _GLIBCXX_HAVE_TLS
