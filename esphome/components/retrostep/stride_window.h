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
};

/// Keeps the newest ticks and hands them out half a window late, so that each is seen with what follows it.
///
/// What the ticks of the window have in common is kept up while it moves on: one tick joins, one leaves.
class MotionWindow {
 public:
  void clear() { *this = {}; }

  void push(const Tick &tick, const Whole3 &bias) {
    Entry &e = at(end_++);
    e.tick = tick;
    e.rate2 = rate_square(tick.gyro - bias);
    const Whole3 a = coarse(tick.accel);
    e.accel_square = std::min(static_cast<uint32_t>(a.x * a.x + a.y * a.y + a.z * a.z), kMostSquare);
    lag_us_ += tick.dt_us;
  }

  /// True while a next tick has half a window of successors, or any tick at the `end`; `centre()` is then it.
  bool advance(bool end = false) {
    if (next_ == end_) return false;
    const uint32_t dt_us = at(next_).tick.dt_us;
    if (!end && lag_us_ - dt_us < kHalfUs) return false;
    lag_us_ -= dt_us;
    move(dt_us);
    return true;
  }
  const Tick &centre() const { return at(next_ - 1).tick; }
  /// From the end of the centre to the end of the newest tick.
  uint32_t lag_us() const { return lag_us_; }

  /// The window holds the whole span.
  bool full() const { return before_us_ >= kHalfUs; }
  /// Square of the fastest rate, see rate_square().
  uint32_t max_rate2() const { return max_rate2_; }
  /// Mean, m/s².
  Vec3 accel() const { return accel_.real(kGravity / kCoarse / static_cast<float>(count())); }
  /// Mean, 2^-18 g.
  Whole3 mean_accel() const {
    const auto n = static_cast<int32_t>(count());
    const Whole3 sum = accel_ << (kAccelBits - kCoarseBits);
    return sum / n;
  }
  /// Mean, rad/s, the bias still in it.
  Vec3 gyro() const { return rate_.real(kRateUnit / static_cast<float>(count())); }
  /// Variance of the acceleration, all axes together, (m/s²)².
  float accel_var() const {
    const float n = static_cast<float>(count());
    const float mean_square = static_cast<float>(squares_) / n;
    const Vec3 mean = accel_.real(1.0f / n);
    return std::max(0.0f, mean_square - mean.norm2()) * (kGravity * kGravity / (kCoarse * kCoarse));
  }
  /// Acceleration spreads less than `sd` and has nearly gravity's size; both m/s².
  RETROSTEP_IN_PLACE bool steady(float sd, float error) const {
    const auto square = [](float ms2) {
      const float v = ms2 * (kCoarse / kGravity);
      return static_cast<uint32_t>(v * v + 0.5f);
    };
    const uint32_t low = square(kGravity - error), top = square(kGravity + error), most = square(sd);
    const uint32_t n = count();
    if (squares_ >= n * (top + most)) return false;  // so the squares below fit, as the mean's is never more
    const auto mean2 =
        static_cast<uint32_t>(accel_.x * accel_.x + accel_.y * accel_.y + accel_.z * accel_.z);
    return n * squares_ - mean2 < n * n * most && mean2 > n * n * low && mean2 < n * n * top;
  }
  /// Mean rate, 2^-9 °/s.
  Whole3 mean_rate() const {
    const auto n = static_cast<int32_t>(count());
    return rate_ / n;
  }

  /// The rate stays in a box of which the diagonal is shorter; `rate2` see rate_square().
  bool rate_within(uint32_t rate2) const {
    Whole3 low = at(first_).tick.gyro, high = low;
    for (uint32_t i = first_ + 1; i != last_; ++i) {
      const Whole3 &w = at(i).tick.gyro;
      low = {std::min(low.x, w.x), std::min(low.y, w.y), std::min(low.z, w.z)};
      high = {std::max(high.x, w.x), std::max(high.y, w.y), std::max(high.z, w.z)};
    }
    return rate_square(high - low) < rate2;
  }

  /// The ticks closest to the centre.
  struct Moment {
    Whole3 accel;  ///< mean, 2^-18 g
    uint32_t max_rate2;
  };
  Moment moment(uint32_t half_us) const {
    uint32_t first = next_ - 1, last = next_;
    for (uint32_t us = 0; us < half_us && first != first_;) us += at(first--).tick.dt_us;
    for (uint32_t us = 0; us < half_us && last != last_;) us += at(last++).tick.dt_us;
    Moment m{};
    for (uint32_t i = first; i != last; ++i) {
      const Entry &e = at(i);
      m.accel += e.tick.accel;
      m.max_rate2 = std::max(m.max_rate2, e.rate2);
    }
    const auto n = static_cast<int32_t>(last - first);
    m.accel = m.accel / n;
    return m;
  }

 private:
  static constexpr uint32_t kTicks = 16;  // of at least 9 ms: more than a tenth of a second
  static constexpr uint32_t kTimeSlackUs = 500;
  static constexpr uint32_t kHalfUs = to_us(parameters::kStanceWindowS / 2) - kTimeSlackUs;
  static constexpr int kCoarseBits = 9;
  static constexpr float kCoarse = 1 << kCoarseBits;        // per g
  static constexpr uint32_t kMostSquare = 1u << 27;         // (22 g)²: nothing so hard rests; 16 fit 32 bits

  struct Entry {
    Tick tick;
    uint32_t rate2, accel_square;
  };

  /// Coarse enough to square, to the nearest.
  static Whole3 coarse(const Whole3 &accel) {
    constexpr int kBits = kAccelBits - kCoarseBits, kHalf = 1 << (kBits - 1);
    return {(accel.x + kHalf) >> kBits, (accel.y + kHalf) >> kBits, (accel.z + kHalf) >> kBits};
  }

  uint32_t count() const { return last_ - first_; }

  /// The next tick becomes the centre.
  void move(uint32_t dt_us) {
    ++next_;
    if (next_ - 1 != first_) before_us_ += dt_us;
    if (last_ == next_ - 1) {
      join();
    } else {
      after_us_ -= dt_us;
    }
    while (after_us_ < kHalfUs && last_ != end_) {
      after_us_ += at(last_).tick.dt_us;
      join();
    }
    bool lost = false;
    while (first_ + 1 != next_ && before_us_ - at(first_ + 1).tick.dt_us >= kHalfUs) {
      before_us_ -= at(first_ + 1).tick.dt_us;
      const Entry &e = at(first_++);
      lost |= e.rate2 == max_rate2_;
      accel_ -= coarse(e.tick.accel);
      rate_ -= e.tick.gyro;
      squares_ -= e.accel_square;
    }
    if (!lost) return;
    max_rate2_ = 0;
    for (uint32_t i = first_; i != last_; ++i) max_rate2_ = std::max(max_rate2_, at(i).rate2);
  }
  void join() {
    const Entry &e = at(last_++);
    max_rate2_ = std::max(max_rate2_, e.rate2);
    accel_ += coarse(e.tick.accel);
    rate_ += e.tick.gyro;
    squares_ += e.accel_square;
  }

  Entry &at(uint32_t number) { return ticks_[number % kTicks]; }
  const Entry &at(uint32_t number) const { return ticks_[number % kTicks]; }

  std::array<Entry, kTicks> ticks_{};
  // Numbers of ticks: the window's first, the one after its last, the one after the centre, the next to come.
  uint32_t first_{0}, last_{0}, next_{0}, end_{0};
  uint32_t lag_us_{0};
  uint32_t before_us_{0};  // from the end of the first tick to the end of the centre
  uint32_t after_us_{0};   // from there to the end of the last
  Whole3 accel_, rate_;    // sums over the window
  uint32_t squares_{0};
  uint32_t max_rate2_{0};
};

}  // namespace retrostep
