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
  struct Moment {
    Whole3 accel;  ///< mean, 2^-18 g
    Whole3 rate;   ///< mean, the bias still in it, 2^-9 °/s
    uint32_t max_rate2;
    bool full;  ///< it holds the whole span
  };
  Moment moment(uint32_t half_us = kHalfUs) const {
    uint32_t first = next_ - 1, before_us = 0, after_us = 0;
    while (before_us < half_us && first != first_) before_us += at(first--).dt_us;
    Whole3 accel, rate;
    uint32_t max_rate2 = 0, i = first;
    while (i != end_ && after_us < half_us) {
      const Tick &t = at(i);
      accel += t.accel;
      rate += t.gyro;
      max_rate2 = std::max(max_rate2, t.rate2);
      if (i++ >= next_) after_us += t.dt_us;
    }
    const auto n = static_cast<int32_t>(i - first);
    return {accel / n, rate / n, max_rate2, before_us >= half_us};
  }

  /// Around the centre, acceleration has nearly gravity's size and varies by less than `most`; see
  /// coarse_square().
  bool steady(uint32_t most) const {
    constexpr uint32_t kLow = coarse_square(kGravity - parameters::kStanceAccelError);
    constexpr uint32_t kTop = coarse_square(kGravity + parameters::kStanceAccelError);
    const Squares q = squares();
    if (q.sum >= q.n * (kTop + most)) return false;  // so what follows fits, as the mean's is never more
    const auto mean2 =
        static_cast<uint32_t>(q.accel.x * q.accel.x + q.accel.y * q.accel.y + q.accel.z * q.accel.z);
    return q.n * q.sum - mean2 < q.n * q.n * most && mean2 > q.n * q.n * kLow && mean2 < q.n * q.n * kTop;
  }
  /// Variance of the acceleration there, all axes together, (m/s²)².
  float accel_var() const {
    const Squares q = squares();
    const float share = 1.0f / static_cast<float>(q.n);
    const float spread = static_cast<float>(q.sum) * share - q.accel.real(share).norm2();
    return std::max(0.0f, spread) * (kGravity * kGravity / (kCoarse * kCoarse));
  }
  /// The rates there stay in a box of which the diagonal is shorter; see rate_square().
  bool rate_within(uint32_t rate2) const {
    if (!rate_may_stay(rate2)) return false;
    const Span span = around(kHalfUs);
    Whole3 low = at(span.first).gyro, high = low;
    for (uint32_t i = span.first + 1; i != span.last; ++i) {
      const Whole3 &w = at(i).gyro;
      low = {std::min(low.x, w.x), std::min(low.y, w.y), std::min(low.z, w.z)};
      high = {std::max(high.x, w.x), std::max(high.y, w.y), std::max(high.z, w.z)};
    }
    return rate_square(high - low) < rate2;
  }
  /// Two of them do; they tell mostly.
  bool rate_may_stay(uint32_t rate2) const { return rate_square(at(end_ - 1).gyro - centre().gyro) < rate2; }

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

  struct Squares {
    Whole3 accel;  // sum
    uint32_t sum;  // of squares
    uint32_t n;
  };
  Squares squares() const {
    const Span span = around(kHalfUs);
    Squares q{{}, 0, span.last - span.first};
    for (uint32_t i = span.first; i != span.last; ++i) {
      const Whole3 a = coarse(at(i).accel);
      q.accel += a;
      q.sum += std::min(static_cast<uint32_t>(a.x * a.x + a.y * a.y + a.z * a.z), kMostSquare);
    }
    return q;
  }

  struct Span {
    uint32_t first, last;  // the one after it
  };
  Span around(uint32_t half_us) const {
    Span span{next_ - 1, next_};
    for (uint32_t us = 0; us < half_us && span.first != first_;) us += at(span.first--).dt_us;
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
