#pragma once

#include "esphome/components/i2c/i2c.h"
#include "esphome/components/lsm6ds/lsm6ds.h"
#include "esphome/components/motion_fifo/motion_fifo.h"

namespace esphome::lsm6ds_fifo {

/// LSM6DS3TR-C (4 KB of FIFO: 341 samples) or LSM6DS3 (8 KB) in continuous mode, gyroscope and accelerometer
/// at the same rate: 12 bytes a sample, gyroscope first.
class LSM6DSFifo final : public motion_fifo::MotionFifo, public i2c::I2CDevice {
 public:
  void setup() override;
  void dump_config() override;

  /// Before the processor sleeps: measures no more, only watches for motion, which raises INT1. Setting up
  /// ends it.
  void watch_for_motion();

  void set_accel_range(lsm6ds::LSM6DSAccelRange range) { this->accel_range_ = range; }
  void set_gyro_range(lsm6ds::LSM6DSGyroRange range) { this->gyro_range_ = range; }
  void set_accel_odr(lsm6ds::LSM6DSAccelODR odr) { this->accel_odr_ = odr; }
  void set_gyro_odr(lsm6ds::LSM6DSGyroODR odr) { this->gyro_odr_ = odr; }

 protected:
  bool configure_();
  bool restart_fifo_() override;
  bool count_samples_(size_t &count) override;
  bool fetch_samples_(size_t wanted, Burst &burst, size_t &fetched) override;

  lsm6ds::LSM6DSAccelRange accel_range_{lsm6ds::LSM6DS_ACCEL_RANGE_4G};
  lsm6ds::LSM6DSGyroRange gyro_range_{lsm6ds::LSM6DS_GYRO_RANGE_2000};
  lsm6ds::LSM6DSAccelODR accel_odr_{lsm6ds::LSM6DS_ACCEL_ODR_104};
  lsm6ds::LSM6DSGyroODR gyro_odr_{lsm6ds::LSM6DS_GYRO_ODR_104};
  float g_per_lsb_{0.0f};
  float dps_per_lsb_{0.0f};
  uint8_t who_am_i_{0};
};

}  // namespace esphome::lsm6ds_fifo
