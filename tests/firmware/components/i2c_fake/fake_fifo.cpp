#include "fake_fifo.h"

#include <algorithm>

namespace esphome::i2c_fake {

void Lsm6dsFifo::push(const RawSample &sample) {
  if (!this->on_) return;
  this->bytes_.insert(this->bytes_.end(), sample.begin(), sample.end());
  while (this->bytes_.size() > SIZE) {
    this->bytes_.pop_front();
    this->over_run_ = true;
  }
}

void Lsm6dsFifo::written(const Registers &registers, uint8_t at) {
  if (at != 0x0A) return;
  const bool both_undecimated = registers[0x08] == 0x09;
  const uint8_t rate = registers[0x0A] >> 3;
  const bool same_rates = rate == registers[0x10] >> 4 && rate == registers[0x11] >> 4;
  this->on_ = (registers[0x0A] & 0x07) == 0x06 && both_undecimated && same_rates;
  this->over_run_ = false;
  this->bytes_.clear();
}

void Lsm6dsFifo::show_status(Registers &registers) {
  const size_t words = this->bytes_.size() / 2;
  registers[0x3A] = words & 0xFF;
  registers[0x3B] = (words >> 8 & 0x07) | (this->over_run_ ? 0x40 : 0) | (words == 0 ? 0x10 : 0);
}

void Lsm6dsFifo::read(uint8_t *buffer, size_t size) {
  for (size_t i = 0; i < size; i++) {
    buffer[i] = this->bytes_.empty() ? 0 : this->bytes_.front();
    if (!this->bytes_.empty()) this->bytes_.pop_front();
  }
}

void Bmi270Fifo::push(const RawSample &sample) {
  if (!this->on_) return;
  Frame frame{0x8C};
  frame.insert(frame.end(), sample.begin(), sample.end());
  while (this->length_() + frame.size() > SIZE) {
    this->frames_.pop_front();
    this->skipped_++;
  }
  this->frames_.push_back(frame);
}

void Bmi270Fifo::written(const Registers &registers, uint8_t at) {
  const bool flush = at == 0x7E && registers[0x7E] == 0xB0;
  if (at == 0x49) {
    this->on_ = registers[0x49] == 0xD0 && registers[0x48] == 0x00;
    // The first frame after a change says so.
    this->frames_ = {Frame{0x48, 0, 0, 0, 0}};
  }
  if (!flush) return;
  this->skipped_ = 0;
  this->frames_.clear();
}

size_t Bmi270Fifo::length_() const {
  size_t length = this->skipped_ > 0 ? 2 : 0;
  for (const auto &frame : this->frames_) length += frame.size();
  return length;
}

void Bmi270Fifo::show_status(Registers &registers) {
  const size_t length = this->length_();
  registers[0x24] = length & 0xFF;
  registers[0x25] = length >> 8;
}

void Bmi270Fifo::read(uint8_t *buffer, size_t size) {
  size_t at = 0;
  if (this->skipped_ > 0 && size >= 2) {
    buffer[at++] = 0x40;
    buffer[at++] = std::min<size_t>(this->skipped_, 0xFF);
    this->skipped_ = 0;
  }
  while (at < size) {
    if (this->frames_.empty()) {
      buffer[at++] = 0x80;
      continue;
    }
    const Frame &frame = this->frames_.front();
    const size_t fits = std::min(frame.size(), size - at);
    std::copy_n(frame.begin(), fits, buffer + at);
    at += fits;
    if (fits == frame.size()) this->frames_.pop_front();
  }
}

}  // namespace esphome::i2c_fake
