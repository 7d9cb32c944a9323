// Stands for ESP-IDF's driver/i2c_master.h.
#pragma once
#include "driver/gpio.h"
typedef struct i2c_master_bus_t *i2c_master_bus_handle_t;
typedef struct i2c_master_dev_t *i2c_master_dev_handle_t;
typedef int i2c_port_t;
typedef int i2c_port_num_t;
