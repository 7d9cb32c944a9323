#pragma once
/// A tenth of a second of motion around the tick in its middle.

#include <array>
#include <cstddef>
#include <cstdint>

#include "stride_fixed.h"
#include "stride_parameters.h"

namespace retrostep {

/// Some milliseconds of motion, the unit everything after the clock works with.
struct Tick {
  Whole3 accel;    ///< mean specific force, 2^-18 g, pod axes
  Whole3 gyro;     ///< mean rate, 2^-9 °/s, pod axes
  uint32_t dt_us;  ///< at most 105 ms
  bool bridged;
  uint32_t rate2{0};  ///< square of the rate without its bias, see rate_square()
};

constexpr int kCoarseBits = 9;
constexpr float kCoarse = 1 << kCoarseBits;  // per g: accelerations that get squared

/// Square of an acceleration in these units.
constexpr uint32_t coarse_square(float ms2) {
  const float v = ms2 * (kCoarse / kGravity);
  return static_cast<uint32_t>(v * v + 0.5f);
}

/// Keeps the newest ticks and hands them out half a window late, so that each is seen with what follows it.
class MotionWindow {
 public:
  void clear() { end_ = next_ = first_ = lag_us_ = cold_us_ = 0; }

  RETROSTEP_IN_PLACE void push(const Tick &tick, const Whole3 &bias) {
    Tick &t = at(end_++);
    t = tick;
    t.rate2 = rate_square(tick.gyro - bias);
    if (end_ - first_ > kTicks) ++first_;
    lag_us_ += tick.dt_us;
    cold_us_ = t.rate2 < kHot ? cold_us_ + tick.dt_us : 0;
  }

  /// True while a next tick has half a window of successors, or any tick at the `end`; `centre()` is then it.
  RETROSTEP_IN_PLACE bool advance(bool end = false) {
    if (next_ == end_) return false;
    const uint32_t rest_us = lag_us_ - at(next_).dt_us;
    if (!end && rest_us < kHalfUs) return false;
    ++next_;
    lag_us_ = rest_us;
    return true;
  }
  const Tick &centre() const { return at(next_ - 1); }
  /// From the end of the centre to the end of the newest tick.
  uint32_t lag_us() const { return lag_us_; }
  /// No tick around the centre can be part of the loosest stance. Told at once, while a view takes its time.
  bool hot() const { return cold_us_ < lag_us_ + kHalfUs; }

  /// What the ticks around the centre have in common.
  struct View {
    Whole3 accel;           ///< sum, 1/512 g
    Whole3 gyro;            ///< sum, 2^-9 °/s
    Whole3 low, high;       ///< of the rates
    uint32_t squares{0};    ///< of accelerations, summed
    uint32_t max_rate2{0};  ///< see rate_square()
    uint32_t n{0};
    bool full{false};  ///< the window holds the whole span

    /// Mean, m/s².
    Vec3 mean_accel() const { return accel.real(kGravity / kCoarse / static_cast<float>(n)); }
    /// Mean, 2^-18 g.
    Whole3 whole_accel() const { return (accel << kCoarseBits) / static_cast<int32_t>(n); }
    /// Mean rate, 2^-9 °/s.
    Whole3 mean_rate() const { return gyro / static_cast<int32_t>(n); }
    /// Variance of the acceleration, all axes together, (m/s²)².
    float accel_var() const {
      const float share = 1.0f / static_cast<float>(n);
      const float spread = static_cast<float>(squares) * share - accel.real(share).norm2();
      return std::max(0.0f, spread) * (kGravity * kGravity / (kCoarse * kCoarse));
    }
    /// Acceleration has nearly gravity's size and varies by less than `most`, see coarse_square().
    bool steady(uint32_t most) const {
      constexpr uint32_t kLow = coarse_square(kGravity - parameters::kStanceAccelError);
      constexpr uint32_t kTop = coarse_square(kGravity + parameters::kStanceAccelError);
      if (squares >= n * (kTop + most)) return false;  // so what follows fits, as the mean's is never more
      const auto mean2 = static_cast<uint32_t>(accel.x * accel.x + accel.y * accel.y + accel.z * accel.z);
      return n * squares - mean2 < n * n * most && mean2 > n * n * kLow && mean2 < n * n * kTop;
    }
  };

  View view() const {
    const Span span = around(kHalfUs);
    View v;
    v.full = span.before_us >= kHalfUs;
    v.n = span.last - span.first;
    v.low = v.high = centre().gyro;
    for (uint32_t i = span.first; i != span.last; ++i) {
      const Tick &t = at(i);
      const Whole3 a = coarse(t.accel), &w = t.gyro;
      v.accel += a;
      v.gyro += w;
      v.low = {std::min(v.low.x, w.x), std::min(v.low.y, w.y), std::min(v.low.z, w.z)};
      v.high = {std::max(v.high.x, w.x), std::max(v.high.y, w.y), std::max(v.high.z, w.z)};
      v.squares += std::min(static_cast<uint32_t>(a.x * a.x + a.y * a.y + a.z * a.z), kMostSquare);
      v.max_rate2 = std::max(v.max_rate2, t.rate2);
    }
    return v;
  }

  /// The ticks closest to the centre.
  struct Moment {
    Whole3 accel;  ///< mean, 2^-18 g
    uint32_t max_rate2;
  };
  RETROSTEP_IN_PLACE Moment moment(uint32_t half_us) const {
    const Span span = around(half_us);
    Moment m{};
    for (uint32_t i = span.first; i != span.last; ++i) {
      const Tick &t = at(i);
      m.accel += t.accel;
      m.max_rate2 = std::max(m.max_rate2, t.rate2);
    }
    m.accel = m.accel / static_cast<int32_t>(span.last - span.first);
    return m;
  }

 private:
  static constexpr uint32_t kTicks = 16;  // of at least 9 ms: more than a tenth of a second
  static constexpr uint32_t kTimeSlackUs = 500;
  static constexpr uint32_t kHalfUs = to_us(parameters::kStanceWindowS / 2) - kTimeSlackUs;
  static constexpr uint32_t kHot = rate_square(parameters::kStanceMaxDps);
  static constexpr uint32_t kMostSquare = 1u << 27;  // (22 g)²: nothing so hard rests; 16 fit 32 bits

  /// Coarse enough to square, to the nearest.
  static Whole3 coarse(const Whole3 &accel) {
    constexpr int kBits = kAccelBits - kCoarseBits, kHalf = 1 << (kBits - 1);
    return {(accel.x + kHalf) >> kBits, (accel.y + kHalf) >> kBits, (accel.z + kHalf) >> kBits};
  }

  struct Span {
    uint32_t first, last;  // the one after it
    uint32_t before_us;    // from the end of the first to the end of the centre
  };
  Span around(uint32_t half_us) const {
    Span span{next_ - 1, next_, 0};
    while (span.before_us < half_us && span.first != first_) span.before_us += at(span.first--).dt_us;
    for (uint32_t us = 0; us < half_us && span.last != end_;) us += at(span.last++).dt_us;
    return span;
  }

  Tick &at(uint32_t number) { return ticks_[number % kTicks]; }
  const Tick &at(uint32_t number) const { return ticks_[number % kTicks]; }

  std::array<Tick, kTicks> ticks_{};
  uint32_t first_{0}, next_{0}, end_{0};  // numbers of ticks: the oldest, after the centre, the next to come
  uint32_t lag_us_{0};
  uint32_t cold_us_{0};  // since the last tick too fast for any stance
};

}  // namespace retrostep
