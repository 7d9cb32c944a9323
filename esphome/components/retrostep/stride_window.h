#pragma once
/// A tenth of a second of motion around the tick in its middle.

#include <array>
#include <cstddef>
#include <cstdint>

#include "stride_math.h"

namespace retrostep {

/// Some milliseconds of motion, the unit everything after the clock works with.
struct Tick {
  float dt_s;
  Vec3 accel;  ///< mean specific force, m/s², pod axes
  Vec3 gyro;   ///< mean rate, rad/s, pod axes
  bool bridged;
};

/// Keeps the newest ticks and hands them out half a window late, so that each is seen with what follows it.
class MotionWindow {
 public:
  void clear() {
    size_ = lag_ = 0;
    lag_s_ = 0;
  }

  void push(const Tick &tick) {
    newest_ = (newest_ + 1) % kTicks;
    ticks_[newest_] = tick;
    size_ = std::min(size_ + 1, kTicks);
    ++lag_;
    lag_s_ += tick.dt_s;
  }

  /// True while a next tick has `half_s` of successors; `centre()` is then that tick.
  bool advance(float half_s) {
    if (lag_ == 0 || lag_s_ - at(lag_ - 1).dt_s < half_s - 0.0005f) return false;
    --lag_;
    lag_s_ -= at(lag_).dt_s;
    return true;
  }
  const Tick &centre() const { return at(lag_); }
  /// From the end of the centre to the end of the newest tick.
  uint64_t lag_us() const { return static_cast<uint64_t>(std::max(lag_s_, 0.0f) * 1e6f); }

  struct View {
    bool full;        ///< the window holds the whole span
    float max_rate2;  ///< (rad/s)²
    Vec3 accel;       ///< mean, m/s²
    float accel_sd;   ///< m/s², all axes together: the same in any mounting
    Vec3 gyro;        ///< mean, rad/s
    float spread;     ///< diagonal of the box the rate stays in, rad/s
  };

  /// The ticks within `half_s` of the centre.
  View view(float half_s, const Vec3 &bias) const {
    size_t first = lag_;
    float before = 0, after = 0;
    while (first > 0 && after < half_s - 0.0005f) after += at(--first).dt_s;
    size_t last = lag_;
    while (last + 1 < size_ && before < half_s - 0.0005f) before += at(last++).dt_s;
    View v{};
    v.full = before >= half_s - 0.0005f;
    Vec3 sum, squares, gyro_sum;
    Vec3 low{1e9f, 1e9f, 1e9f}, high{-1e9f, -1e9f, -1e9f};
    for (size_t i = first; i <= last; ++i) {
      const Vec3 &a = at(i).accel;
      const Vec3 w = at(i).gyro - bias;
      v.max_rate2 = std::max(v.max_rate2, w.norm2());
      sum += a;
      squares += {a.x * a.x, a.y * a.y, a.z * a.z};
      gyro_sum += w;
      low = {std::min(low.x, w.x), std::min(low.y, w.y), std::min(low.z, w.z)};
      high = {std::max(high.x, w.x), std::max(high.y, w.y), std::max(high.z, w.z)};
    }
    const float share = 1.0f / static_cast<float>(last - first + 1);
    v.accel = sum * share;
    v.gyro = gyro_sum * share;
    const Vec3 mean2 = squares * share;
    const float variance = mean2.x + mean2.y + mean2.z - v.accel.norm2();
    v.accel_sd = std::sqrt(std::max(variance, 0.0f));
    v.spread = (high - low).norm();
    return v;
  }

 private:
  static constexpr size_t kTicks = 16;  // of at least 9 ms: more than a tenth of a second

  const Tick &at(size_t age) const { return ticks_[(newest_ + kTicks - age) % kTicks]; }

  std::array<Tick, kTicks> ticks_{};
  size_t newest_{0};
  size_t size_{0};
  size_t lag_{0};  // ticks newer than the centre
  float lag_s_{0};
};

}  // namespace retrostep
