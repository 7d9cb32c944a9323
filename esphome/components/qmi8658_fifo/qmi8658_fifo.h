#pragma once

#include "esphome/components/i2c/i2c.h"
#include "esphome/components/motion_fifo/motion_fifo.h"
#include "esphome/components/qmi8658/qmi8658.h"

namespace esphome::qmi8658_fifo {

/// QMI8658 with its FIFO of 128 samples streaming, gyroscope and accelerometer at the same rate.
///
/// While its FIFO is read the chip stores nothing: a sample that it takes then is lost. So the driver finds
/// out when samples come and reads between two of them; the chip's count of samples says whether that
/// worked.
class QMI8658Fifo final : public motion_fifo::MotionFifo, public i2c::I2CDevice {
 public:
  void setup() override;
  void dump_config() override;

  void set_accel_range(qmi8658::QMI8658AccelRange range) { this->accel_range_ = range; }
  void set_gyro_range(qmi8658::QMI8658GyroRange range) { this->gyro_range_ = range; }
  void set_accel_odr(qmi8658::QMI8658AccelODR odr) { this->accel_odr_ = odr; }
  void set_gyro_odr(qmi8658::QMI8658GyroODR odr) { this->gyro_odr_ = odr; }

 protected:
  /// Samples read between two that come: 5.3 ms on a fast-mode bus, with all that belongs to it.
  static constexpr size_t PER_READING = 16;

  bool set_up_() override;
  bool configure_();
  /// Writes a register and reads it back.
  bool put_(uint8_t at, uint8_t value);
  /// Has the chip carry out a command; false if it does not say that it did.
  bool command_(uint8_t command);
  bool restart_fifo_() override;
  bool count_samples_(size_t &count) override;
  bool fetch_samples_(size_t wanted, Burst &burst, size_t &fetched) override;
  /// Waits until no sample comes for so long, two periods at most; false if the IMU does not answer.
  bool wait_for_a_gap_(uint32_t length_us);
  /// A sample was seen to come; the second one far enough from the first tells the period.
  void note_sample_(uint8_t taken);
  void forget_samples_() { this->seen_ = false, this->period_us_ = 0; }
  /// The lowest byte of the number of samples taken since the start.
  bool read_taken_(uint8_t &taken);
  /// Words in the FIFO, and its state.
  bool read_status_(size_t &words, uint8_t &status);
  uint8_t accel_setting_() const { return static_cast<uint8_t>(this->accel_range_) | this->accel_odr_; }
  uint8_t gyro_setting_() const { return static_cast<uint8_t>(this->gyro_range_) | this->gyro_odr_; }
  motion::MotionData decode_(const uint8_t *sample) const;

  qmi8658::QMI8658AccelRange accel_range_{qmi8658::QMI8658_ACCEL_RANGE_4G};
  qmi8658::QMI8658GyroRange gyro_range_{qmi8658::QMI8658_GYRO_RANGE_2048};
  qmi8658::QMI8658AccelODR accel_odr_{qmi8658::QMI8658_ACCEL_ODR_125};
  qmi8658::QMI8658GyroODR gyro_odr_{qmi8658::QMI8658_GYRO_ODR_125};
  float g_per_lsb_{0.0f};
  float dps_per_lsb_{0.0f};
  size_t waiting_{0};      ///< samples
  uint8_t accounted_{0};   ///< samples taken that were fetched or wait, the lowest byte
  bool counted_{false};    ///< since the FIFO was started
  uint32_t came_us_{0};    ///< when a sample was seen to come
  uint32_t period_us_{0};  ///< of samples, by the chip's own count; 0: not known yet
  uint8_t came_{0};        ///< its number, the lowest byte
  uint32_t first_us_{0};   ///< when the first of `samples_` came
  uint32_t samples_{0};    ///< that came since, by the chip's count
  bool seen_{false};       ///< one was
  uint32_t missed_{0};     ///< how often samples came while others were read
};

}  // namespace esphome::qmi8658_fifo
