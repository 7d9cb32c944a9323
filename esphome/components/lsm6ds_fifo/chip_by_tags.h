#pragma once

#include "lsm6ds_chip.h"
#include "tagged_words.h"

namespace esphome::lsm6ds_fifo {

/// LSM6DSO and LSM6DSOX: 512 tagged words, two a sample.
class ChipByTags final : public Chip {
 public:
  using Chip::Chip;

  std::array<Setting, 2> before_start(uint8_t odr) const override;
  uint8_t running(uint8_t /*odr*/) const override { return MODE_CONTINUOUS; }
  void started() override;
  Found count(size_t &samples) override;
  Found fetch(size_t wanted, uint8_t *samples, size_t &fetched) override;
  std::span<const Setting> motion_by_high_pass() const override;
  std::span<const Setting> motion_by_slope() const override;

 private:
  static constexpr size_t WORDS_PER_SAMPLE = 2;

  TaggedWords words_;
  size_t waiting_{0};  ///< words
};

}  // namespace esphome::lsm6ds_fifo
