#include "chip_by_tags.h"

#include <algorithm>

#include "esphome/core/helpers.h"

namespace esphome::lsm6ds_fifo {

// As in ST's lsm6dso_reg.h and Linux' st_lsm6dsx, which agree.
static constexpr uint8_t REG_FIFO_CTRL2 = 0x08;         // no compression, no words about changed rates
static constexpr uint8_t REG_FIFO_CTRL3 = 0x09;         // rates of gyroscope [7:4] and accelerometer [3:0]
static constexpr uint8_t REG_FIFO_STATUS1 = 0x3A;       // and 2: words that wait
static constexpr uint8_t REG_FIFO_DATA_OUT_TAG = 0x78;  // a word; rolls over within it in a burst
static constexpr uint8_t STATUS2_COUNT = 0x03;
static constexpr uint8_t STATUS2_RAN_OVER = 1 << 3;  // since it was read last
static constexpr uint8_t REG_TAP_CFG0 = 0x56;
static constexpr uint8_t HIGH_PASS_ODR_100 = 4 << 5;

std::array<Setting, 2> ChipByTags::before_start(uint8_t odr) const {
  return {{{REG_FIFO_CTRL2, 0}, {REG_FIFO_CTRL3, static_cast<uint8_t>(odr << 4 | odr)}}};
}

std::span<const Setting> ChipByTags::motion_by_high_pass() const {
  static constexpr Setting SETTINGS[] = {
      {REG_CTRL8_XL, HIGH_PASS_ODR_100}, {REG_TAP_CFG0, ON_HIGH_PASS}, {REG_TAP_CFG, INTERRUPTS}};
  return SETTINGS;
}

std::span<const Setting> ChipByTags::motion_by_slope() const {
  static constexpr Setting SETTINGS[] = {{REG_TAP_CFG0, 0}, {REG_TAP_CFG, INTERRUPTS}};
  return SETTINGS;
}

void ChipByTags::started() {
  this->waiting_ = 0;
  this->words_.start();
}

Chip::Found ChipByTags::count(size_t &samples) {
  uint8_t status[2];
  if (!this->device_->read_bytes(REG_FIFO_STATUS1, status, sizeof(status))) return Found::NO_ANSWER;
  const bool ran_over = status[1] & STATUS2_RAN_OVER;
  // The oldest words made room, one by one: what is left may begin with half a sample.
  if (ran_over) this->words_.start();
  this->waiting_ = encode_uint16(status[1] & STATUS2_COUNT, status[0]);
  samples = (this->waiting_ + (this->words_.half() ? 1 : 0)) / WORDS_PER_SAMPLE;
  return ran_over ? Found::OVER_RUN : Found::SAMPLES;
}

Chip::Found ChipByTags::fetch(size_t wanted, uint8_t *samples, size_t &fetched) {
  uint8_t raw[MAX_FETCHED * WORDS_PER_SAMPLE * TaggedWords::BYTES_PER_WORD];
  const size_t words = std::min(WORDS_PER_SAMPLE * wanted, this->waiting_);
  if (words == 0) return Found::SAMPLES;
  this->waiting_ -= words;
  const size_t bytes = words * TaggedWords::BYTES_PER_WORD;
  if (this->device_->read_register(REG_FIFO_DATA_OUT_TAG, raw, bytes) != i2c::ERROR_OK)
    return Found::NO_ANSWER;
  for (size_t at = 0; at < bytes; at += TaggedWords::BYTES_PER_WORD) {
    const auto took = this->words_.take(&raw[at]);
    if (took == TaggedWords::Took::OUT_OF_STEP) return Found::OUT_OF_STEP;
    if (took == TaggedWords::Took::SAMPLE)
      std::copy_n(this->words_.sample().begin(), BYTES_PER_SAMPLE, &samples[fetched++ * BYTES_PER_SAMPLE]);
  }
  return Found::SAMPLES;
}

}  // namespace esphome::lsm6ds_fifo
