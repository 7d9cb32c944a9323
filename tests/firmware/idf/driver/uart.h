// Stands for ESP-IDF's driver/uart.h.
#pragma once
typedef int uart_port_t;
#define UART_NUM_0 0
#define UART_NUM_1 1
#define UART_NUM_2 2
