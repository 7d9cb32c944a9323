// Stands for ESP-IDF's sys/socket.h.
#pragma once
#include "lwip/sockets.h"
