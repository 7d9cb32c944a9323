#pragma once
/// The last tenth of a second: how fast the pod turns and how its acceleration scatters.

#include <array>
#include <cstddef>

#include "stride_math.h"

namespace retrostep {

/// Some milliseconds of motion, the unit everything after the clock works with.
struct Tick {
  float dt_s;
  Vec3 accel;  ///< mean specific force, m/s², pod axes
  Vec3 gyro;   ///< mean rate, rad/s, pod axes, bias removed
};

class MotionWindow {
 public:
  void clear() { size_ = 0; }

  void add(const Tick &tick) {
    newest_ = (newest_ + 1) % kTicks;
    ticks_[newest_] = {tick, tick.gyro.norm2()};
    size_ = std::min(size_ + 1, kTicks);
  }

  struct View {
    bool full;       ///< the window holds the whole span
    float max_rate;  ///< rad/s
    Vec3 accel;      ///< mean, m/s²
    float accel_sd;  ///< largest of the three axes, m/s²
    Vec3 gyro;       ///< mean, rad/s
    float spread;    ///< peak to peak of the rate, largest axis, rad/s
  };

  /// What the last `span_s` looked like.
  View view(float span_s) const {
    float seconds = 0;
    size_t n = 0;
    float max2 = 0;
    Vec3 sum, squares, gyro_sum;
    Vec3 low{1e9f, 1e9f, 1e9f}, high{-1e9f, -1e9f, -1e9f};
    while (n < size_ && (seconds < span_s - 0.0005f || n < 2)) {
      const Entry &e = ticks_[(newest_ + kTicks - n) % kTicks];
      const Vec3 &a = e.tick.accel, &w = e.tick.gyro;
      max2 = std::max(max2, e.rate2);
      sum += a;
      squares += {a.x * a.x, a.y * a.y, a.z * a.z};
      gyro_sum += w;
      low = {std::min(low.x, w.x), std::min(low.y, w.y), std::min(low.z, w.z)};
      high = {std::max(high.x, w.x), std::max(high.y, w.y), std::max(high.z, w.z)};
      seconds += e.tick.dt_s;
      ++n;
    }
    View v{};
    v.full = seconds >= span_s - 0.0005f;
    if (n == 0) return v;
    const float share = 1.0f / static_cast<float>(n);
    v.max_rate = std::sqrt(max2);
    v.accel = sum * share;
    v.gyro = gyro_sum * share;
    const Vec3 mean2 = squares * share;
    const float variance = std::max(
        {mean2.x - v.accel.x * v.accel.x, mean2.y - v.accel.y * v.accel.y, mean2.z - v.accel.z * v.accel.z});
    v.accel_sd = std::sqrt(std::max(variance, 0.0f));
    v.spread = std::max({high.x - low.x, high.y - low.y, high.z - low.z});
    return v;
  }

 private:
  static constexpr size_t kTicks = 16;  // of at least 9 ms: more than a tenth of a second
  struct Entry {
    Tick tick;
    float rate2;
  };
  std::array<Entry, kTicks> ticks_{};
  size_t newest_{0};
  size_t size_{0};
};

}  // namespace retrostep
