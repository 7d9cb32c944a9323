#pragma once
/// Where the time of a sample comes from when it is not simply "now".

#include <cstdint>

namespace esphome::retrostep {

/// Implemented by motion platforms that know better than the main loop when a sample was taken: a replayed
/// recording, a FIFO. All calls come from the main loop, `sample_us()` inside the motion listener.
class SampleClock {
 public:
  /// Time of the sample being handed out, µs; wraps, only differences are used.
  virtual uint32_t sample_us() = 0;
  /// Wall time at the last sample, s since 1970; 0 leaves it to the pod's own clock.
  virtual uint32_t epoch_s() { return 0; }
  /// How long ago the last sample was taken, µs, where that is more than a moment.
  virtual uint32_t age_us() { return 0; }
  /// No sample will ever follow: what is pending gets its verdict.
  virtual bool ended() { return false; }
  /// What is handed out was recorded before: it may pause, and rest without a sensor's noise.
  virtual bool recorded() { return false; }
  /// Sets the IMU up from scratch, whatever has become of it; false if it can't.
  virtual bool set_up_again() { return false; }

 protected:
  ~SampleClock() = default;
};

}  // namespace esphome::retrostep
