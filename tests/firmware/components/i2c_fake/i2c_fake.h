#pragma once

#include <array>
#include <memory>

#include "esphome/components/i2c/i2c_bus.h"
#include "esphome/components/motion_replay/motion_replay.h"
#include "esphome/core/component.h"
#include "fake_faults.h"
#include "fake_fifo.h"
#include "fake_wake_up.h"

namespace esphome::i2c_fake {

/// What sets the IMUs apart, from their datasheets; ranges 16 g and 2000 (QMI8658: 2048) °/s.
struct Chip {
  uint8_t address;
  uint8_t id_register, id;
  uint8_t accel_register, gyro_register;  ///< six bytes each, low byte first
  float g_per_lsb, dps_per_lsb;
  uint8_t accel_range_register, accel_range_mask, accel_range;
  uint8_t gyro_range_register, gyro_range_mask, gyro_range;
};

inline constexpr Chip BMI270{0x69, 0x00, 0x24, 0x0C, 0x12, 16.0f / 32768, 2000.0f / 32768,
                             0x41, 0x03, 0x03, 0x43, 0x07, 0x00};
inline constexpr Chip LSM6DS{0x6A, 0x0F, 0x6A, 0x28, 0x22, 0.488e-3f, 70e-3f,
                             0x10, 0x0C, 0x04, 0x11, 0x0E, 0x0C};
inline constexpr Chip LSM6DSO{0x6A, 0x0F, 0x6C, 0x28, 0x22, 0.488e-3f, 70e-3f,
                              0x10, 0x0C, 0x04, 0x11, 0x0E, 0x0C};
inline constexpr Chip QMI8658{0x6B, 0x00, 0x05, 0x35, 0x3B, 16.0f / 32768, 2048.0f / 32768,
                              0x03, 0x70, 0x30, 0x04, 0x70, 0x70};

/// Answers like the chip; its registers hold the latest sample of `motion`, clipped and rounded as the chip
/// does, its FIFO those before. What `motion` plays is what the chip converts: one sample each, at the pace
/// of the recording, whatever rate was asked for; after its end the last one again and again. A driver that
/// chose another range reads zeros.
///
/// What a chip never does is read the same twice: where the recording rests without noise, the lowest bit of
/// an axis is tossed. `I2C_FAKE_FAULTS` breaks it, see Faults.
///
/// There is nobody on the bus unless `I2C_FAKE_DRIVER` names its driver. The file `I2C_FAKE_REGISTERS` keeps
/// the registers when the processor goes: whoever starts next finds the chip as it was left.
class FakeBus : public i2c::I2CBus, public Component {
 public:
  FakeBus(const Chip &chip, const char *driver)
      : chip_(chip), driver_(driver), wake_up_(&chip == &LSM6DSO ? 0x56 : 0x58) {}
  void setup() override;
  void on_shutdown() override;
  float get_setup_priority() const override { return setup_priority::BUS; }
  void set_motion(motion_replay::MotionReplay *motion) { this->motion_ = motion; }

  i2c::ErrorCode write_readv(uint8_t address, const uint8_t *write_buffer, size_t write_count,
                             uint8_t *read_buffer, size_t read_count) override;

 protected:
  void measure_(const motion::MotionData &data);
  void write_axes_(uint8_t first, const float values[3], float per_lsb);
  void write_(uint8_t at, uint8_t value);
  /// All registers as after power came back.
  void reset_();
  void toss_();
  /// Brings the FIFO up to now.
  void convert_();
  void push_();
  void watch_(const motion::MotionData &data);
  bool is_lsm6ds_() const { return &this->chip_ == &LSM6DS || &this->chip_ == &LSM6DSO; }

  const Chip &chip_;
  const char *driver_;
  bool there_{false};
  bool takes_time_{false};  ///< a transfer
  Faults faults_;
  uint32_t tossed_{1};
  motion::MotionData felt_{};  ///< before
  Lsm6dsWakeUp wake_up_;
  motion_replay::MotionReplay *motion_{nullptr};
  Registers registers_{};
  std::unique_ptr<FakeFifo> fifo_;
  RawSample sample_{};
  uint32_t converted_us_{0};  ///< when the last sample was taken, by the recording
  uint32_t period_us_{0};
  uint32_t behind_us_{UINT32_MAX};  ///< of the recording's time after the clock
};

}  // namespace esphome::i2c_fake
