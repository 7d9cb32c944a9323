#include "i2c_fake.h"

#include <algorithm>
#include <cmath>

namespace esphome::i2c_fake {

static constexpr uint8_t BMI270_INTERNAL_STATUS = 0x21;
static constexpr uint8_t BMI270_INITIALIZED = 0x01;

void FakeBus::setup() {
  this->registers_[this->chip_.id_register] = this->chip_.id;
  if (&this->chip_ == &BMI270) this->registers_[BMI270_INTERNAL_STATUS] = BMI270_INITIALIZED;
  this->motion_->add_listener([this](const motion::MotionData &data) { this->measure_(data); });
}

i2c::ErrorCode FakeBus::write_readv(uint8_t address, const uint8_t *write_buffer, size_t write_count,
                                    uint8_t *read_buffer, size_t read_count) {
  if (address != this->chip_.address) return i2c::ERROR_NOT_ACKNOWLEDGED;
  if (write_count == 0) return i2c::ERROR_OK;
  uint8_t at = write_buffer[0];
  // The BMI270's firmware goes to one register in long bursts; every other write is one byte.
  if (write_count == 2) this->registers_[at] = write_buffer[1];
  for (size_t i = 0; i < read_count; i++) read_buffer[i] = this->registers_[at++];
  return i2c::ERROR_OK;
}

void FakeBus::measure_(const motion::MotionData &data) {
  const auto &chip = this->chip_;
  const bool ranges_set =
      (this->registers_[chip.accel_range_register] & chip.accel_range_mask) == chip.accel_range &&
      (this->registers_[chip.gyro_range_register] & chip.gyro_range_mask) == chip.gyro_range;
  if (!ranges_set) return;
  this->write_axes_(chip.accel_register, data.acceleration, chip.g_per_lsb);
  this->write_axes_(chip.gyro_register, data.angular_rate, chip.dps_per_lsb);
}

void FakeBus::write_axes_(uint8_t first, const float values[3], float per_lsb) {
  for (int axis = 0; axis < 3; axis++) {
    const float counts = std::clamp(std::round(values[axis] / per_lsb), -32768.0f, 32767.0f);
    const auto word = static_cast<uint16_t>(static_cast<int16_t>(counts));
    this->registers_[first + 2 * axis] = static_cast<uint8_t>(word & 0xFF);
    this->registers_[first + 2 * axis + 1] = static_cast<uint8_t>(word >> 8);
  }
}

}  // namespace esphome::i2c_fake
