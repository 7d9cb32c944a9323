#pragma once
/// The words of the stride core: what goes in (samples) and what comes out (strides).

#include <cstdint>

namespace esphome::retrostep {

/// One reading of the six axes. Axes of a known mounting: x to the toe, y to the left, z up.
struct Sample {
  uint32_t time_us;  ///< any 32-bit microsecond clock that may wrap; only differences are used
  float accel_g[3];  ///< specific force; at rest +1 g along "up"
  float gyro_dps[3];
};

enum class Direction : uint8_t { NONE, FORWARD, BACKWARD, LEFT, RIGHT };

/// One foot from stance to stance; worth two steps when it is counted.
struct Stride {
  uint64_t start_us;  ///< on the core's unwrapped clock: 0 = first sample, see StrideCore::now_us()
  uint64_t end_us;
  Direction direction;  ///< NONE while the mounting is unknown and for turns on the spot
  float length_m;       ///< distance between the two stances, along the ground
  float yaw_deg;        ///< turn of the foot, left positive
  float dz_m;           ///< climb, up positive
  float peak_dps;       ///< fastest rotation of the swing
  bool counted;         ///< final verdict: streak rule and mounting included
  bool undecided;       ///< it walks like a stride, but the mounting was never settled; not counted
  bool length_valid;    ///< false if the swing held a bridged gap: counts, but not for length statistics
};

/// Takes strides; called once per stride, when its verdict is final, in time order.
class StrideSink {
 public:
  virtual void on_stride(const Stride &stride) = 0;

 protected:
  ~StrideSink() = default;
};

/// What the sensors read while nothing moves, pod axes: to be kept where a core begins again on the same pod.
struct SensorErrors {
  int32_t bias_q16dps[3];
  int32_t offset_q18g[3];
};

/// How the pod sits on the foot: two unit vectors in the pod's own axes.
struct Mounting {
  float up[3];
  float toe[3];
  float confidence;  ///< probability that `toe` is the toe and not the heel: 0.5 .. 1
  bool calibrated;   ///< the walker said so by walking forward: evidence does not overrule it
};

}  // namespace esphome::retrostep
