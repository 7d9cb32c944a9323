#pragma once

#include "chip_by_pattern.h"
#include "chip_by_tags.h"
#include "esphome/components/i2c/i2c.h"
#include "esphome/components/lsm6ds/lsm6ds.h"
#include "esphome/components/motion_fifo/motion_fifo.h"

namespace esphome::lsm6ds_fifo {

/// A chip of the LSM6DS family with its FIFO in continuous mode, gyroscope and accelerometer at the same
/// rate.
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
  static_assert(MAX_FETCHED == MAX_BURST);

  bool set_up_() override;
  /// Which chip it is; false if it is none of those that are known.
  bool choose_chip_(uint8_t who_am_i);
  bool configure_();
  /// A register holds a value.
  bool holds_(const Setting &setting);
  /// Writes a register and reads it back.
  bool put_(const Setting &setting);
  bool put_all_(std::span<const Setting> settings);
  bool hold_all_(std::span<const Setting> settings);
  bool prepare_for_sleep_();
  /// The FIFO has filled while the processor slept; ends the watch for motion.
  bool has_filled_asleep_();
  /// While the processor sleeps: as prepare_for_sleep_() had it.
  bool measures_on_();
  bool measure_no_more_();
  uint8_t accel_setting_() const { return (this->accel_odr_ << 4) | (this->accel_range_ << 2); }
  uint8_t gyro_setting_() const { return (this->gyro_odr_ << 4) | this->gyro_range_; }
  uint8_t running_() const { return this->chip_->running(this->accel_odr_); }
  bool restart_fifo_() override;
  bool count_samples_(size_t &count) override;
  bool fetch_samples_(size_t wanted, Burst &burst, size_t &fetched) override;

  lsm6ds::LSM6DSAccelRange accel_range_{lsm6ds::LSM6DS_ACCEL_RANGE_4G};
  lsm6ds::LSM6DSGyroRange gyro_range_{lsm6ds::LSM6DS_GYRO_RANGE_2000};
  lsm6ds::LSM6DSAccelODR accel_odr_{lsm6ds::LSM6DS_ACCEL_ODR_104};
  lsm6ds::LSM6DSGyroODR gyro_odr_{lsm6ds::LSM6DS_GYRO_ODR_104};
  float g_per_lsb_{0.0f};
  float dps_per_lsb_{0.0f};
  ChipByPattern by_pattern_{this};
  ChipByTags by_tags_{this};
  Chip *chip_{&this->by_pattern_};
  const char *name_{"none"};
  bool fills_asleep_{false};
  bool filled_asleep_{false};  ///< and nobody has read since
};

}  // namespace esphome::lsm6ds_fifo
