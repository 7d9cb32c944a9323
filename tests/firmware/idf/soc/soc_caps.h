// Stands for ESP-IDF's soc/soc_caps.h.
#pragma once
