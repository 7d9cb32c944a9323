#include "fake_fifo.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace esphome::i2c_fake {

static constexpr uint8_t HEADER_GYR_ACC = 0x8C;
static constexpr uint8_t CONFIG_FRAME[] = {0x48, 0, 0, 0, 0};

Slips::Slips() {
  if (const char *every = getenv("I2C_FAKE_SLIP")) this->every_ = static_cast<unsigned>(atoi(every));
}

void Lsm6dsFifo::push(const RawSample &sample) {
  if (!this->on_) return;
  this->bytes_.push(sample.data(), sample.size());
  if (this->bytes_.size() <= SIZE) return;
  this->drop_(this->bytes_.size() - SIZE);
  this->over_run_ = true;
}

void Lsm6dsFifo::drop_(size_t size) {
  this->bytes_.pop(size);
  this->next_byte_ = (this->next_byte_ + size) % sizeof(RawSample);
}

void Lsm6dsFifo::written(const Registers &registers, uint8_t at) {
  if (at != 0x0A) return;
  this->next_byte_ = 0;
  const bool both_undecimated = registers[0x08] == 0x09;
  const uint8_t rate = registers[0x0A] >> 3;
  const bool same_rates = rate == registers[0x10] >> 4 && rate == registers[0x11] >> 4;
  this->on_ = (registers[0x0A] & 0x07) == 0x06 && both_undecimated && same_rates;
  this->over_run_ = false;
  this->bytes_.clear();
}

void Lsm6dsFifo::show_status(Registers &registers) {
  // A full FIFO has one bit too few to say so.
  const size_t words = this->bytes_.size() / 2;
  registers[0x3C] = this->next_byte_ / 2;
  registers[0x3D] = 0;
  registers[0x3A] = words & 0xFF;
  registers[0x3B] = (words >> 8 & 0x07) | (this->over_run_ ? 0x40 : 0) | (words == 0 ? 0x10 : 0);
}

void Lsm6dsFifo::read(uint8_t *buffer, size_t size) {
  if (this->slips_.now()) this->drop_(2);
  const size_t held = std::min(size, this->bytes_.size());
  std::copy_n(this->bytes_.data(), held, buffer);
  std::fill(buffer + held, buffer + size, 0);
  this->drop_(held);
  this->over_run_ = false;
}

void Lsm6dsoFifo::push(const RawSample &sample) {
  const bool gyro_runs = this->until_gyro_ == 0;
  if (!gyro_runs) this->until_gyro_--;
  if (!this->on_) return;
  this->moments_++;
  this->push_word_(2, sample.data() + 6);
  if (gyro_runs) this->push_word_(1, sample.data());
}

void Lsm6dsoFifo::push_word_(uint8_t sensor, const uint8_t *axes) {
  if (this->words_.size() == SIZE) {
    this->words_.pop(WORD_SIZE);
    this->ran_over_ = true;
  }
  uint8_t tag = sensor << 3 | (this->moments_ & 3) << 1;
  tag |= std::popcount(tag) & 1;
  this->words_.push(&tag, 1);
  this->words_.push(axes, WORD_SIZE - 1);
}

void Lsm6dsoFifo::written(const Registers &registers, uint8_t at) {
  static constexpr uint32_t GYRO_BEGINS_AFTER = 10;
  if (at == 0x11) this->until_gyro_ = GYRO_BEGINS_AFTER;
  if (at != 0x0A) return;
  const uint8_t rate = registers[0x10] >> 4;
  const bool same_rates = rate == registers[0x11] >> 4 && registers[0x09] == (rate << 4 | rate);
  this->on_ = registers[0x0A] == 0x06 && registers[0x08] == 0 && same_rates;
  this->ran_over_ = false;
  this->words_.clear();
}

void Lsm6dsoFifo::show_status(Registers &registers) {
  const size_t words = this->words_.size() / WORD_SIZE;
  registers[0x3A] = words & 0xFF;
  registers[0x3B] = (words >> 8 & 0x03) | (this->ran_over_ ? 0x08 : 0) | (words == 512 ? 0x40 : 0);
}

void Lsm6dsoFifo::read(uint8_t *buffer, size_t size) {
  if (this->slips_.now()) this->words_.pop(WORD_SIZE);
  const size_t held = std::min(size, this->words_.size());
  std::copy_n(this->words_.data(), held, buffer);
  std::fill(buffer + held, buffer + size, 0);
  this->words_.pop(held);
}

void Bmi270Fifo::push(const RawSample &sample) {
  if (!this->on_) return;
  while (this->skip_frame_size_() + this->frames_.size() + FRAME_SIZE > SIZE) {
    this->frames_.pop(this->first_frame_size_());
    this->skipped_++;
  }
  this->frames_.push(&HEADER_GYR_ACC, 1);
  this->frames_.push(sample.data(), sample.size());
}

void Bmi270Fifo::written(const Registers &registers, uint8_t at) {
  const bool flush = at == 0x7E && registers[0x7E] == 0xB0;
  if (at == 0x49) {
    this->on_ = registers[0x49] == 0xD0 && registers[0x48] == 0x00;
    // The first frame after a change says so.
    this->frames_.clear();
    this->frames_.push(CONFIG_FRAME, sizeof(CONFIG_FRAME));
  }
  if (!flush) return;
  this->skipped_ = 0;
  this->frames_.clear();
}

size_t Bmi270Fifo::first_frame_size_() const {
  return this->frames_.data()[0] == HEADER_GYR_ACC ? FRAME_SIZE : sizeof(CONFIG_FRAME);
}

void Bmi270Fifo::show_status(Registers &registers) {
  const size_t length = this->skip_frame_size_() + this->frames_.size();
  registers[0x24] = length & 0xFF;
  registers[0x25] = length >> 8;
}

void Bmi270Fifo::read(uint8_t *buffer, size_t size) {
  size_t at = 0;
  const bool slip = this->slips_.now() && size > FRAME_SIZE;
  if (this->skipped_ > 0 && size >= 2) {
    buffer[at++] = 0x40;
    buffer[at++] = std::min<size_t>(this->skipped_, 0xFF);
    this->skipped_ = 0;
  }
  while (at < size && this->frames_.size() > 0) {
    const size_t frame = this->first_frame_size_();
    const size_t fits = std::min(frame, size - at);
    std::copy_n(this->frames_.data(), fits, buffer + at);
    at += fits;
    if (fits == frame) this->frames_.pop(frame);
  }
  std::fill(buffer + at, buffer + size, 0x80);
  if (slip) std::copy(buffer + FRAME_SIZE, buffer + size, buffer + FRAME_SIZE - 1);
}

void Qmi8658Fifo::push(const RawSample &sample) {
  this->taken_++;
  if (!this->on_ || this->reading_) return;
  if (this->bytes_.size() + sample.size() > SIZE) {
    this->bytes_.pop(sample.size());
    this->overflow_ = true;
  }
  this->bytes_.push(sample.data() + 6, 6);
  this->bytes_.push(sample.data(), 6);
}

void Qmi8658Fifo::written(const Registers &registers, uint8_t at) {
  if (at == 0x14) {
    const bool same_rates = (registers[0x03] & 0x0F) == (registers[0x04] & 0x0F);
    this->on_ = registers[0x14] == 0x0E && (registers[0x08] & 0x03) == 0x03 && same_rates;
    this->reading_ = false;
    if (!this->on_) this->bytes_.clear();
  } else if (at == 0x0A) {
    this->done_ = registers[0x0A] != 0 && (registers[0x09] & 0x80) != 0;
    if (registers[0x0A] == 0x05) this->reading_ = true;
    if (registers[0x0A] != 0x04) return;
    this->overflow_ = false;
    this->bytes_.clear();
  }
}

void Qmi8658Fifo::show_status(Registers &registers) {
  const size_t words = this->bytes_.size() / 2;
  registers[0x15] = words & 0xFF;
  registers[0x16] = (words >> 8 & 0x03) | (this->overflow_ ? 0x20 : 0) | (words > 0 ? 0x10 : 0);
  registers[0x2D] = this->done_ ? 0x80 : 0;
  for (int byte = 0; byte < 3; byte++) registers[0x30 + byte] = this->taken_ >> (8 * byte) & 0xFF;
}

void Qmi8658Fifo::read(uint8_t *buffer, size_t size) {
  if (this->slips_.now()) this->bytes_.pop(2);
  const size_t held = this->reading_ ? std::min(size, this->bytes_.size()) : 0;
  std::copy_n(this->bytes_.data(), held, buffer);
  std::fill(buffer + held, buffer + size, 0);
  this->bytes_.pop(held);
}

}  // namespace esphome::i2c_fake
