#pragma once
/// Is what the sensor says to be believed? Notices a sensor that says nothing, the same again and again, or
/// what nothing at rest can feel, and says when it should be set up again. Pure: real time is passed in.

#include <array>
#include <cstddef>
#include <cstdint>

#include "stride_types.h"

namespace esphome::retrostep {

/// What is wrong with the sensor.
enum class SensorFault : uint8_t {
  NONE,
  SILENT,        ///< no samples come
  STUCK,         ///< all six words stay the same, which a sensor's noise never leaves them
  OUT_OF_RANGE,  ///< at rest it feels another gravity, or turns, by more than a sensor is off
};

/// In plain words, for a text sensor.
const char *to_text(SensorFault fault);

class SampleWatch {
 public:
  /// A bout ends after 3 s: until then nothing wrong is shown.
  static constexpr uint32_t SILENT_MS = 2000;
  static constexpr uint32_t STUCK_US = 2000000;
  /// At low rates 2 s are few samples, and coarse words may stay for a while.
  static constexpr uint32_t STUCK_SAMPLES = 150;
  /// Good again for so long it is over.
  static constexpr uint32_t RECOVERED_US = 1000000;
  /// The rest that is looked at lasts so long ...
  static constexpr uint32_t REST_US = 1000000;
  /// ... and proves a sensor wrong when seen so often, with none between that was right.
  static constexpr uint32_t RESTS = 5;
  /// Between tries to set the sensor up: the first wait, doubled each time.
  static constexpr uint32_t FIRST_WAIT_MS = 4000, LONGEST_WAIT_MS = 60000;

  /// A sample came.
  void add(const Sample &sample);
  /// Time passes; to be called with every turn of the main loop. True if `fault()` changed.
  bool look(uint32_t now_ms);
  SensorFault fault() const { return fault_; }
  /// How often the sensor failed so far.
  uint32_t faults() const { return faults_; }
  /// The sensor should be set up now; the wait until it should be again begins with that.
  bool set_up_due(uint32_t now_ms);

 private:
  static constexpr size_t AXES = 6;
  /// Readings as whole numbers in the same order: without floating point cheaper to compare.
  using Words = std::array<int32_t, AXES>;

  void extend_rest_(const Words &words, uint32_t dt_us);
  void judge_rest_();

  bool any_{false};  ///< a sample came
  Words last_{};
  uint32_t last_us_{0};
  uint32_t same_us_{0}, same_{0};  ///< for so long, and so many times, the last sample has come again
  uint32_t good_us_{0};            ///< for so long samples have come and differed
  Words low_{}, high_{};           ///< of the second that is gathered
  uint32_t rest_us_{0};            ///< how much of it is
  uint32_t wrong_rests_{0};

  uint32_t looked_ms_{0};
  uint32_t silent_ms_{0};
  SensorFault fault_{SensorFault::NONE};
  uint32_t faults_{0};

  bool tried_{false};
  uint32_t tried_ms_{0};
  uint32_t wait_ms_{0};
};

}  // namespace esphome::retrostep
