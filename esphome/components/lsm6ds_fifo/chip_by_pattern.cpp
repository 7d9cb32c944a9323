#include "chip_by_pattern.h"

#include <algorithm>

#include "esphome/core/helpers.h"

namespace esphome::lsm6ds_fifo {

// Datasheet DocID030071, "FIFO registers".
static constexpr uint8_t REG_FIFO_CTRL3 = 0x08;       // decimation of gyroscope [5:3] and accelerometer [2:0]
static constexpr uint8_t REG_FIFO_CTRL4 = 0x09;       // no third and fourth data set, all bits of both
static constexpr uint8_t REG_FIFO_STATUS1 = 0x3A;     // and 2: words that wait
static constexpr uint8_t REG_FIFO_STATUS3 = 0x3C;     // and 4: which word of a sample comes next
static constexpr uint8_t REG_FIFO_DATA_OUT_L = 0x3E;  // rolls over within itself and 0x3F in a burst
static constexpr uint8_t NO_DECIMATION = 0x09;
static constexpr uint8_t STATUS2_OVER_RUN = 1 << 6;
static constexpr uint8_t STATUS4_PATTERN = 0x03;
// "Wake-up" of application note AN5130.
static constexpr uint8_t HIGH_PASS_ODR_100 = 1 << 5;
static constexpr size_t WORDS_PER_SAMPLE = 6;

std::array<Setting, 2> ChipByPattern::before_start(uint8_t /*odr*/) const {
  return {{{REG_FIFO_CTRL3, NO_DECIMATION}, {REG_FIFO_CTRL4, 0}}};
}

std::span<const Setting> ChipByPattern::motion_by_high_pass() const {
  static constexpr Setting SETTINGS[] = {{REG_CTRL8_XL, HIGH_PASS_ODR_100},
                                         {REG_TAP_CFG, INTERRUPTS | ON_HIGH_PASS}};
  return SETTINGS;
}

std::span<const Setting> ChipByPattern::motion_by_slope() const {
  static constexpr Setting SETTINGS[] = {{REG_TAP_CFG, INTERRUPTS}};
  return SETTINGS;
}

Chip::Found ChipByPattern::count(size_t &samples) {
  uint8_t status[2];
  if (!this->device_->read_bytes(REG_FIFO_STATUS1, status, sizeof(status))) return Found::NO_ANSWER;
  const bool ran_over = status[1] & STATUS2_OVER_RUN;
  if (ran_over) {
    if (!this->find_sample_(status)) return Found::NO_ANSWER;
  } else if (!this->in_step_()) {
    return Found::OUT_OF_STEP;
  }
  samples = this->waiting_ = encode_uint16(status[1] & this->count_mask_, status[0]) / WORDS_PER_SAMPLE;
  return ran_over ? Found::OVER_RUN : Found::SAMPLES;
}

bool ChipByPattern::find_sample_(uint8_t (&status)[2]) {
  // It is not a whole number of samples that was overwritten. Room first, so that nothing is overwritten
  // meanwhile; then the chip says what comes next.
  uint8_t dropped[2 * BYTES_PER_SAMPLE];
  size_t next = 0;
  if (this->device_->read_register(REG_FIFO_DATA_OUT_L, dropped, sizeof(dropped)) != i2c::ERROR_OK ||
      !this->next_word_(next))
    return false;
  const size_t rest = (WORDS_PER_SAMPLE - next) % WORDS_PER_SAMPLE;
  if (rest > 0 && this->device_->read_register(REG_FIFO_DATA_OUT_L, dropped, 2 * rest) != i2c::ERROR_OK)
    return false;
  return this->device_->read_bytes(REG_FIFO_STATUS1, status, sizeof(status));
}

bool ChipByPattern::next_word_(size_t &word) {
  uint8_t status[2];
  if (!this->device_->read_bytes(REG_FIFO_STATUS3, status, sizeof(status))) return false;
  word = encode_uint16(status[1] & STATUS4_PATTERN, status[0]) % WORDS_PER_SAMPLE;
  return true;
}

bool ChipByPattern::in_step_() {
  size_t next = 0;
  // Asked while the chip writes, it may say something else once.
  for (int asked = 0; asked < 2; asked++) {
    if (this->next_word_(next) && next == 0) return true;
  }
  return false;
}

Chip::Found ChipByPattern::fetch(size_t wanted, uint8_t *samples, size_t &fetched) {
  // One stays behind: in an empty FIFO every sample begins anew, and nobody could tell that words were
  // skipped.
  wanted = std::min(wanted, this->waiting_ - std::min<size_t>(this->waiting_, 1));
  if (wanted == 0) return Found::SAMPLES;
  this->waiting_ -= wanted;
  if (this->device_->read_register(REG_FIFO_DATA_OUT_L, samples, wanted * BYTES_PER_SAMPLE) !=
      i2c::ERROR_OK) {
    // Some of it may have come: the next reading would begin in the middle of a sample.
    return Found::NO_ANSWER;
  }
  // A disturbed bus makes the chip skip words: gyroscope and accelerometer would trade places.
  if (!this->in_step_()) return Found::OUT_OF_STEP;
  fetched = wanted;
  return Found::SAMPLES;
}

}  // namespace esphome::lsm6ds_fifo
