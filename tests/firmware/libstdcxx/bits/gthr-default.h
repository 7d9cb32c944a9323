// Stands for libstdc++'s bits/gthr-default.h: one thread is enough to compile.
#pragma once
#include <bits/gthr-single.h>
