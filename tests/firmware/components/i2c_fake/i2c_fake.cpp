#include "i2c_fake.h"

#include <algorithm>
#include <cinttypes>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "esphome/core/hal.h"
#include "esphome/core/log.h"

namespace esphome::i2c_fake {

static const char *const TAG = "i2c_fake";
static const char *const REGISTERS_FILE = "I2C_FAKE_REGISTERS";
static constexpr uint8_t LSM6DS_CTRL3 = 0x12;
static constexpr uint8_t BMI270_INTERNAL_STATUS = 0x21;
static constexpr uint8_t BMI270_INITIALIZED = 0x01;
static constexpr uint8_t BMI270_INIT_CTRL = 0x59;
static constexpr uint8_t BMI270_CMD = 0x7E;
static constexpr uint8_t SOFT_RESET = 0xB6;
static constexpr uint8_t QMI8658_RESET = 0x60;
/// A byte on the bus and its answer, at 400 kHz, rounded up.
static constexpr uint32_t BYTE_US = 23;

void FakeBus::setup() {
  const char *driver = getenv("I2C_FAKE_DRIVER");
  this->there_ = driver != nullptr && strcmp(driver, this->driver_) == 0;
  if (!this->there_) return;
  this->registers_[this->chip_.id_register] = this->chip_.id;
  // What comes while a QMI8658 is read is lost.
  this->takes_time_ = &this->chip_ == &QMI8658 || getenv("I2C_FAKE_BUS_TIME") != nullptr;
  if (&this->chip_ == &BMI270) this->fifo_ = std::make_unique<Bmi270Fifo>();
  if (&this->chip_ == &LSM6DS) this->fifo_ = std::make_unique<Lsm6dsFifo>();
  if (&this->chip_ == &LSM6DSO) this->fifo_ = std::make_unique<Lsm6dsoFifo>();
  if (&this->chip_ == &QMI8658) this->fifo_ = std::make_unique<Qmi8658Fifo>();
  if (const char *path = getenv(REGISTERS_FILE)) {
    std::ifstream file(path, std::ios::binary);
    if (file.read(reinterpret_cast<char *>(this->registers_.data()), this->registers_.size()) &&
        this->fifo_ != nullptr)
      this->fifo_->written(this->registers_, this->fifo_->mode_register());
  }
  this->motion_->add_listener([this](const motion::MotionData &data) { this->measure_(data); });
}

void FakeBus::on_shutdown() {
  const char *path = getenv(REGISTERS_FILE);
  if (!this->there_ || path == nullptr) return;
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char *>(this->registers_.data()), this->registers_.size());
}

i2c::ErrorCode FakeBus::write_readv(uint8_t address, const uint8_t *write_buffer, size_t write_count,
                                    uint8_t *read_buffer, size_t read_count) {
  if (!this->there_ || address != this->chip_.address || this->faults_.dead(this->motion_->sample_us()))
    return i2c::ERROR_NOT_ACKNOWLEDGED;
  if (write_count == 0) return i2c::ERROR_OK;
  if (this->takes_time_) delayMicroseconds((write_count + read_count + 2) * BYTE_US);
  uint8_t at = write_buffer[0];
  // The BMI270's firmware goes to one register in long bursts; every other write is one byte.
  if (write_count == 2) this->write_(at, write_buffer[1]);
  if (read_count == 0) return i2c::ERROR_OK;
  if (this->fifo_ != nullptr) {
    if (at == this->fifo_->data_register()) {
      this->fifo_->read(read_buffer, read_count);
      return i2c::ERROR_OK;
    }
    this->convert_();
    this->fifo_->show_status(this->registers_);
  }
  const size_t before_accel = this->chip_.accel_register - at;
  if (at <= this->chip_.accel_register && before_accel < read_count && this->motion_->ended()) this->toss_();
  if (this->fifo_ != nullptr) this->fifo_->registers_read(at, read_count);
  for (size_t i = 0; i < read_count; i++) read_buffer[i] = this->registers_[at++];
  return i2c::ERROR_OK;
}

void FakeBus::write_(uint8_t at, uint8_t value) {
  if (this->fifo_ != nullptr) this->convert_();
  const bool reset = (this->is_lsm6ds_() && at == LSM6DS_CTRL3 && (value & 1)) ||
                     (&this->chip_ == &BMI270 && at == BMI270_CMD && value == SOFT_RESET) ||
                     (&this->chip_ == &QMI8658 && at == QMI8658_RESET);
  if (reset) {
    this->faults_.set_up(this->motion_->sample_us());
    this->reset_();
    return;
  }
  this->registers_[at] = value;
  // The program is in.
  if (&this->chip_ == &BMI270 && at == BMI270_INIT_CTRL && value == 1)
    this->registers_[BMI270_INTERNAL_STATUS] = BMI270_INITIALIZED;
  if (this->fifo_ != nullptr) this->fifo_->written(this->registers_, at);
}

void FakeBus::reset_() {
  this->registers_ = {};
  this->registers_[this->chip_.id_register] = this->chip_.id;
  if (this->fifo_ == nullptr) return;
  this->fifo_->written(this->registers_, this->fifo_->mode_register());
}

void FakeBus::toss_() {
  this->tossed_ = this->tossed_ * 1664525U + 1013904223U;
  this->registers_[this->chip_.accel_register] ^= this->tossed_ >> 31;
}

void FakeBus::measure_(const motion::MotionData &data) {
  const uint32_t now_us = this->motion_->sample_us();
  if (this->faults_.reset(now_us)) {
    ESP_LOGI(TAG, "Brown-out");
    this->reset_();
  }
  if (this->is_lsm6ds_()) this->watch_(data);
  const auto &chip = this->chip_;
  const bool ranges_set =
      (this->registers_[chip.accel_range_register] & chip.accel_range_mask) == chip.accel_range &&
      (this->registers_[chip.gyro_range_register] & chip.gyro_range_mask) == chip.gyro_range;
  if (!ranges_set) return;
  if (!this->faults_.stuck(now_us)) {
    this->write_axes_(chip.accel_register, data.acceleration, chip.g_per_lsb);
    this->write_axes_(chip.gyro_register, data.angular_rate, chip.dps_per_lsb);
    const bool as_before = std::equal(data.acceleration, data.acceleration + 3, this->felt_.acceleration) &&
                           std::equal(data.angular_rate, data.angular_rate + 3, this->felt_.angular_rate);
    if (as_before) this->toss_();
    this->felt_ = data;
  }
  if (this->fifo_ != nullptr) this->push_();
}

void FakeBus::watch_(const motion::MotionData &data) {
  const uint32_t now_us = this->motion_->sample_us();
  if (this->period_us_ == 0) return;
  if (this->wake_up_.add(this->registers_, data.acceleration, 1e6f / static_cast<float>(this->period_us_)))
    ESP_LOGI(TAG, "INT1 at %" PRIu32 " ms", now_us / 1000);
}

void FakeBus::convert_() {
  // The chip has gone on while the main loop was busy elsewhere, or had not begun.
  const uint32_t before_us = this->converted_us_;
  for (uint32_t reached_us = before_us + 1; reached_us != this->converted_us_;) {
    reached_us = this->converted_us_;
    this->motion_->update();
  }
  if (this->converted_us_ != before_us)
    this->behind_us_ = std::min(this->behind_us_, micros() - this->converted_us_);
  if (!this->motion_->ended()) return;
  while (micros() - this->behind_us_ - this->converted_us_ >= this->period_us_) {
    this->converted_us_ += this->period_us_;
    this->toss_();
    this->sample_[6] = this->registers_[this->chip_.accel_register];
    this->fifo_->push(this->sample_);
  }
}

void FakeBus::push_() {
  this->period_us_ = this->motion_->sample_us() - this->converted_us_;
  this->converted_us_ = this->motion_->sample_us();
  std::copy_n(&this->registers_[this->chip_.gyro_register], 6, this->sample_.begin());
  std::copy_n(&this->registers_[this->chip_.accel_register], 6, this->sample_.begin() + 6);
  this->fifo_->push(this->sample_);
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
