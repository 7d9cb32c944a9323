#pragma once
/// Samples from the tagged words of a FIFO: each word is the three axes of one sensor, its tag says of which
/// sensor and, modulo four, of which moment.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace esphome::lsm6ds_fifo {

/// Joins the two words of a moment, in whatever order they come, and notices when one is missing.
class TaggedWords {
 public:
  /// A tag and six bytes.
  static constexpr size_t BYTES_PER_WORD = 7;
  /// Gyroscope, then accelerometer.
  using Sample = std::array<uint8_t, 12>;
  enum class Took : uint8_t { HALF, SAMPLE, OUT_OF_STEP };

  /// What comes next may begin in the middle of a sample.
  void start() {
    this->paired_ = false;
    this->have_ = Part::NONE;
  }
  /// Half a sample waits for its other word.
  bool half() const { return this->have_ != Part::NONE; }
  /// The sample that is complete.
  const Sample &sample() const { return this->sample_; }

  /// Takes the next word.
  Took take(const uint8_t *word) {
    const uint8_t tag = word[0], moment = tag >> 1 & 3;
    const auto part = static_cast<Part>(tag >> 3);
    // A disturbed bus makes the chip skip bytes; the tag's parity says so, or that it is of no sensor.
    if (std::popcount(tag) % 2 != 0 || (part != Part::GYRO && part != Part::ACCEL)) return Took::OUT_OF_STEP;
    const bool completes = this->half() && this->have_ != part && this->moment_ == moment;
    const bool follows = !this->half() && moment == ((this->moment_ + 1) & 3);
    // Before the first sample the other sensor may not have begun yet, or its word has made room.
    if (this->paired_ && !completes && !follows) return Took::OUT_OF_STEP;
    this->paired_ = this->paired_ || completes;
    this->have_ = completes ? Part::NONE : part;
    this->moment_ = moment;
    std::copy_n(word + 1, AXES_BYTES, this->sample_.begin() + (part == Part::GYRO ? 0 : AXES_BYTES));
    return completes ? Took::SAMPLE : Took::HALF;
  }

 private:
  static constexpr size_t AXES_BYTES = BYTES_PER_WORD - 1;
  enum class Part : uint8_t { NONE, GYRO, ACCEL };  ///< as in a tag

  bool paired_{false};     ///< a sample was complete since the start: from there on no word may be missing
  Part have_{Part::NONE};  ///< of the sample that is begun
  uint8_t moment_{0};      ///< of the word that came last
  Sample sample_{};
};

}  // namespace esphome::lsm6ds_fifo
