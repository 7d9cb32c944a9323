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
///
/// Sums over the window are taken in whole numbers: chips without floating point add them forty times faster,
/// and the units are finer than any sensor.
class MotionWindow {
 public:
  void clear() {
    size_ = lag_ = 0;
    lag_s_ = 0;
  }

  void push(const Tick &tick) {
    newest_ = (newest_ + 1) % kTicks;
    Entry &e = ticks_[newest_];
    e.tick = tick;
    e.accel = Whole(tick.accel, kAccelUnits, kMostAccel);
    e.rate = Whole(tick.gyro, kRateUnits, kMostRate);
    e.accel_square = square(e.accel.x) + square(e.accel.y) + square(e.accel.z);
    size_ = std::min(size_ + 1, kTicks);
    ++lag_;
    lag_s_ += tick.dt_s;
  }

  /// True while a next tick has `half_s` of successors; `centre()` is then that tick.
  bool advance(float half_s) {
    if (lag_ == 0 || lag_s_ - at(lag_ - 1).tick.dt_s < half_s - kTimeSlackS) return false;
    --lag_;
    lag_s_ -= at(lag_).tick.dt_s;
    return true;
  }
  const Tick &centre() const { return at(lag_).tick; }
  /// From the end of the centre to the end of the newest tick.
  uint32_t lag_us() const { return static_cast<uint32_t>(std::max(lag_s_, 0.0f) * 1e6f); }

  /// What the ticks around the centre have in common. The same in any mounting.
  struct View {
    bool full;        ///< the window holds the whole span
    float max_rate2;  ///< (rad/s)²
    Vec3 accel;       ///< mean, m/s²
    float accel_var;  ///< (m/s²)², all axes together
    Vec3 gyro;        ///< mean, rad/s
  };

  /// The ticks within `half_s` of the centre; `bias` is taken off the rates.
  View view(float half_s, const Vec3 &bias) const {
    const Span span = around(half_s);
    const Whole zero(bias, kRateUnits, kMostRate);
    Whole sum, turn;
    int64_t squares = 0;
    int32_t fastest = 0;
    for (size_t i = span.first; i <= span.last; ++i) {
      const Entry &e = at(i);
      const int32_t x = e.rate.x - zero.x, y = e.rate.y - zero.y, z = e.rate.z - zero.z;
      fastest = std::max(fastest, x * x + y * y + z * z);
      sum.add(e.accel);
      turn.add(e.rate);
      squares += e.accel_square;
    }
    const float share = 1.0f / static_cast<float>(span.last - span.first + 1);
    View v;
    v.full = span.full;
    v.max_rate2 = static_cast<float>(fastest) * (1.0f / (kRateUnits * kRateUnits));
    v.accel = sum.real() * (share / kAccelUnits);
    v.gyro = turn.real() * (share / kRateUnits) - bias;
    // In two halves: turning 64 bits into a float at once takes double precision on small chips.
    const float mean_square = static_cast<float>(static_cast<uint32_t>(squares >> 12)) * 4096.0f +
                              static_cast<float>(static_cast<uint32_t>(squares & 4095));
    v.accel_var = std::max(0.0f, mean_square * (share / (kAccelUnits * kAccelUnits)) - v.accel.norm2());
    return v;
  }

  /// How far the rate spreads over the same ticks, (rad/s)²: the diagonal of the box it stays in.
  float spread2(float half_s) const {
    const Span span = around(half_s);
    Whole low = at(span.first).rate, high = low;
    for (size_t i = span.first + 1; i <= span.last; ++i) {
      const Whole &w = at(i).rate;
      low = {std::min(low.x, w.x), std::min(low.y, w.y), std::min(low.z, w.z)};
      high = {std::max(high.x, w.x), std::max(high.y, w.y), std::max(high.z, w.z)};
    }
    return (high.real() - low.real()).norm2() * (1.0f / (kRateUnits * kRateUnits));
  }

 private:
  static constexpr size_t kTicks = 16;  // of at least 9 ms: more than a tenth of a second
  static constexpr float kTimeSlackS = 0.0005f;
  static constexpr float kAccelUnits = 64.0f;   // per m/s²
  static constexpr float kRateUnits = 1024.0f;  // per rad/s: 0.06 °/s

  static constexpr int32_t kMostAccel = 32767;  // 512 m/s²
  static constexpr int32_t kMostRate = 18000;  // 1000 °/s: nothing that fast rests; three squares fit 32 bits

  /// A vector in whole units.
  struct Whole {
    Whole() = default;
    Whole(int32_t x_, int32_t y_, int32_t z_) : x(x_), y(y_), z(z_) {}
    Whole(const Vec3 &real, float units, int32_t most)
        : x(round(real.x * units, most)), y(round(real.y * units, most)), z(round(real.z * units, most)) {}
    static int32_t round(float value, int32_t most) {
      return std::clamp(static_cast<int32_t>(value < 0 ? value - 0.5f : value + 0.5f), -most, most);
    }
    void add(const Whole &o) { x += o.x, y += o.y, z += o.z; }
    Vec3 real() const { return {static_cast<float>(x), static_cast<float>(y), static_cast<float>(z)}; }
    int32_t x{0}, y{0}, z{0};
  };
  struct Entry {
    Tick tick;
    Whole accel, rate;
    uint32_t accel_square;
  };
  static uint32_t square(int32_t v) { return static_cast<uint32_t>(v * v); }
  struct Span {
    size_t first, last;  // ages
    bool full;
  };

  Span around(float half_s) const {
    Span span{lag_, lag_, false};
    float before_s = 0, after_s = 0;
    while (span.first > 0 && after_s < half_s - kTimeSlackS) after_s += at(--span.first).tick.dt_s;
    while (span.last + 1 < size_ && before_s < half_s - kTimeSlackS) before_s += at(span.last++).tick.dt_s;
    span.full = before_s >= half_s - kTimeSlackS;
    return span;
  }

  const Entry &at(size_t age) const { return ticks_[(newest_ + kTicks - age) % kTicks]; }

  std::array<Entry, kTicks> ticks_{};
  size_t newest_{0};
  size_t size_{0};
  size_t lag_{0};  // ticks newer than the centre
  float lag_s_{0};
};

}  // namespace retrostep
