#pragma once
/// The 3 m backward walk: the time from the first lift of the foot until the body has gone three metres.
///
/// The body passes over a foot in the middle of its stance and goes on evenly between two of them, while the
/// foot stands still for half of the time: timed by the foot alone, a walk whose stance falls on the line
/// would be a second longer or shorter by a hair. The pod sees one foot: a walk that the other one begins is
/// timed from the second step.
///
/// Pure. Times are those of the stride core's clock, in µs.

#include <cmath>
#include <cstdint>

#include "stride_types.h"

namespace esphome::retrostep {

class ThreeMetres {
 public:
  enum class State : uint8_t {
    IDLE,          ///< never asked for
    READY,         ///< waits for the first stride backward
    WALKING,       ///< the clock runs
    DONE,          ///< `seconds()` holds the result
    FORWARD_STEP,  ///< given up: a stride forward
    PAUSE,         ///< given up: no stride for too long
    TOO_LATE,      ///< given up: nobody began to walk backward
    NOT_MEASURED,  ///< given up: the length of a stride is not known
  };

  /// Waits for a walk that begins from now on; forgets the one before.
  void start(uint64_t now_us);
  /// Takes a stride whose verdict is final; what is not counted is passed over.
  void add(const Stride &stride);
  /// Lets time pass. `silent`: no samples come, so nobody can see a walk's end.
  void pass(uint64_t now_us, bool silent);

  State state() const { return state_; }
  /// Seconds of the last walk; NAN unless it is done.
  float seconds() const { return seconds_; }
  /// Something was said to change since this was last called.
  bool changed();

 private:
  bool waiting_() const { return state_ == State::READY || state_ == State::WALKING; }
  void become_(State state);

  State state_{State::IDLE};
  bool changed_{false};
  uint64_t asked_us_{0};
  uint64_t first_us_{0};   ///< the first lift
  uint64_t last_us_{0};    ///< the end of the last stride
  uint64_t stance_us_{0};  ///< the shortest of the walk, as others may hold a hesitation; 0: none yet
  float length_m_{0};
  float seconds_{NAN};
};

/// What a state is called for people.
const char *to_text(ThreeMetres::State state);

}  // namespace esphome::retrostep
