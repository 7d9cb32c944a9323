#pragma once

#include "lsm6ds_chip.h"

namespace esphome::lsm6ds_fifo {

/// LSM6DS3TR-C (4 KB of FIFO: 341 samples) or LSM6DS3 (8 KB): words without any marks, six a sample.
class ChipByPattern final : public Chip {
 public:
  using Chip::Chip;
  /// The older LSM6DS3 has one bit more to count with.
  void set_counts_to_4095(bool counts) { this->count_mask_ = counts ? 0x0F : 0x07; }

  std::array<Setting, 2> before_start(uint8_t odr) const override;
  uint8_t running(uint8_t odr) const override { return (odr << 3) | MODE_CONTINUOUS; }
  void started() override { this->waiting_ = 0; }
  Found count(size_t &samples) override;
  Found fetch(size_t wanted, uint8_t *samples, size_t &fetched) override;
  std::span<const Setting> motion_by_high_pass() const override;
  std::span<const Setting> motion_by_slope() const override;

 private:
  /// After the FIFO ran over: drops what is left of a sample; `status` is that of what remains.
  bool find_sample_(uint8_t (&status)[2]);
  /// Which word of a sample comes next.
  bool next_word_(size_t &word);
  /// What comes next begins a sample.
  bool in_step_();

  uint8_t count_mask_{0x07};
  size_t waiting_{0};  ///< samples
};

}  // namespace esphome::lsm6ds_fifo
