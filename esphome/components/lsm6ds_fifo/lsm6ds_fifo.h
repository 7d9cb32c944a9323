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

  /// Before the processor sleeps: motion raises INT1 from now on. The next setup() ends it. False if that is
  /// not certain: the chip does not hold what it was told.
  bool watch_for_motion();
  /// Go on measuring while the processor sleeps, at some more power than watching takes: who wakes reads the
  /// seconds before. Both sensors then save power all the time, which makes them noisier.
  void set_fills_asleep(bool fills) { this->fills_asleep_ = fills; }

  void set_accel_range(lsm6ds::LSM6DSAccelRange range) { this->accel_range_ = range; }
  void set_gyro_range(lsm6ds::LSM6DSGyroRange range) { this->gyro_range_ = range; }
  void set_accel_odr(lsm6ds::LSM6DSAccelODR odr) { this->accel_odr_ = odr; }
  void set_gyro_odr(lsm6ds::LSM6DSGyroODR odr) { this->gyro_odr_ = odr; }

 protected:
  static constexpr uint8_t FIFO_CONTINUOUS = 0x06;

  bool set_up_() override;
  bool configure_();
  /// A register holds a value.
  bool holds_(uint8_t at, uint8_t expected);
  /// Writes a register and reads it back.
  bool put_(uint8_t at, uint8_t value);
  bool prepare_for_sleep_();
  /// The FIFO has filled while the processor slept; ends the watch for motion.
  bool has_filled_asleep_();
  /// While the processor sleeps: as prepare_for_sleep_() had it.
  bool measures_on_();
  bool measure_no_more_();
  /// After the FIFO ran over: drops what is left of a sample; `status` is that of what remains.
  bool find_sample_(uint8_t (&status)[2]);
  /// Which word of a sample comes next.
  bool next_word_(size_t &word);
  /// What comes next begins a sample.
  bool in_step_();
  uint8_t accel_setting_() const { return (this->accel_odr_ << 4) | (this->accel_range_ << 2); }
  uint8_t gyro_setting_() const { return (this->gyro_odr_ << 4) | this->gyro_range_; }
  uint8_t fifo_setting_() const { return (this->accel_odr_ << 3) | FIFO_CONTINUOUS; }
  bool restart_fifo_() override;
  bool count_samples_(size_t &count) override;
  bool fetch_samples_(size_t wanted, Burst &burst, size_t &fetched) override;

  lsm6ds::LSM6DSAccelRange accel_range_{lsm6ds::LSM6DS_ACCEL_RANGE_4G};
  lsm6ds::LSM6DSGyroRange gyro_range_{lsm6ds::LSM6DS_GYRO_RANGE_2000};
  lsm6ds::LSM6DSAccelODR accel_odr_{lsm6ds::LSM6DS_ACCEL_ODR_104};
  lsm6ds::LSM6DSGyroODR gyro_odr_{lsm6ds::LSM6DS_GYRO_ODR_104};
  float g_per_lsb_{0.0f};
  float dps_per_lsb_{0.0f};
  size_t waiting_{0};  ///< samples
  uint8_t who_am_i_{0};
  bool fills_asleep_{false};
  bool filled_asleep_{false};  ///< and nobody has read since
};

}  // namespace esphome::lsm6ds_fifo
