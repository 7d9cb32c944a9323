#pragma once

#include "esphome/components/bmi270/bmi270.h"
#include "esphome/components/i2c/i2c.h"
#include "esphome/components/motion_fifo/motion_fifo.h"

namespace esphome::bmi270_fifo {

/// BMI270 with its 2 KB FIFO streaming, gyroscope and accelerometer at the same rate. Frames have headers:
/// the chip itself says when it had to skip some.
class BMI270Fifo final : public motion_fifo::MotionFifo, public i2c::I2CDevice {
 public:
  void setup() override;
  void dump_config() override;

  void set_accel_range(bmi270::BMI270AccelRange range) { this->accel_range_ = range; }
  void set_gyro_range(bmi270::BMI270GyroRange range) { this->gyro_range_ = range; }
  void set_accel_odr(bmi270::BMI270AccelODR odr) { this->accel_odr_ = odr; }
  void set_gyro_odr(bmi270::BMI270GyroODR odr) { this->gyro_odr_ = odr; }

 protected:
  /// The chip forgets its own program without power.
  bool load_program_();
  bool configure_();
  /// Writes a register and reads it back.
  bool put_(uint8_t at, uint8_t value);
  bool set_up_() override;
  bool restart_fifo_() override;
  bool count_samples_(size_t &count) override;
  bool fetch_samples_(size_t wanted, Burst &burst, size_t &fetched) override;
  motion::MotionData decode_(const uint8_t *frame) const;

  bmi270::BMI270AccelRange accel_range_{bmi270::BMI270_ACCEL_RANGE_4G};
  bmi270::BMI270GyroRange gyro_range_{bmi270::BMI270_GYRO_RANGE_2000};
  bmi270::BMI270AccelODR accel_odr_{bmi270::BMI270_ACCEL_ODR_100};
  bmi270::BMI270GyroODR gyro_odr_{bmi270::BMI270_GYRO_ODR_100};
  float g_per_lsb_{0.0f};
  float dps_per_lsb_{0.0f};
};

}  // namespace esphome::bmi270_fifo
