#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "esphome/components/i2c/i2c.h"

namespace esphome::lsm6ds_fifo {

/// A register and what it is to hold.
struct Setting {
  uint8_t at, value;
};

/// Gyroscope, then accelerometer, three words each, low byte first.
inline constexpr size_t BYTES_PER_SAMPLE = 12;
/// Samples fetched at once.
inline constexpr size_t MAX_FETCHED = 32;

/// What the chips of the family do each in its own way: keep samples in a FIFO and watch for motion. All else
/// is the same with all of them.
class Chip {
 public:
  enum class Found : uint8_t {
    SAMPLES,
    OVER_RUN,     ///< samples, but older ones were lost
    OUT_OF_STEP,  ///< what was read cannot be told apart into samples
    NO_ANSWER,
  };

  explicit Chip(i2c::I2CDevice *device) : device_(device) {}

  /// What to put before the FIFO starts; both sensors convert at the rate of `odr`, as in CTRL1_XL.
  virtual std::array<Setting, 2> before_start(uint8_t odr) const = 0;
  /// What to write to FIFO_MODE so that it starts.
  virtual uint8_t running(uint8_t odr) const = 0;
  /// It was started: nothing that was known of it holds.
  virtual void started() = 0;
  /// Counts the samples that wait.
  virtual Found count(size_t &samples) = 0;
  /// Fetches up to `wanted` of those that were counted, MAX_FETCHED at most.
  virtual Found fetch(size_t wanted, uint8_t *samples, size_t &fetched) = 0;

  /// Motion is what differs from the acceleration of the seconds before.
  virtual std::span<const Setting> motion_by_high_pass() const = 0;
  /// Motion is what changes from one reading to the next.
  virtual std::span<const Setting> motion_by_slope() const = 0;

 protected:
  ~Chip() = default;

  i2c::I2CDevice *device_;
};

/// Starts the FIFO of each chip and, with 0, stops and empties it.
inline constexpr uint8_t REG_FIFO_MODE = 0x0A;
inline constexpr uint8_t MODE_BYPASS = 0x00;
inline constexpr uint8_t MODE_CONTINUOUS = 0x06;  // the oldest samples make room
inline constexpr uint8_t REG_CTRL8_XL = 0x17;
inline constexpr uint8_t REG_TAP_CFG = 0x58;
inline constexpr uint8_t INTERRUPTS = 1 << 7;
inline constexpr uint8_t ON_HIGH_PASS = 1 << 4;

}  // namespace esphome::lsm6ds_fifo
