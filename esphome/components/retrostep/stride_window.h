#pragma once
/// A tenth of a second of motion around the tick in its middle.

#include <array>
#include <cstddef>
#include <cstdint>

#include "stride_fixed.h"
#include "stride_parameters.h"

namespace esphome::retrostep {

/// Some milliseconds of motion, the unit everything after the clock works with.
struct Tick {
  Whole3 accel_q18g;  ///< mean specific force, pod axes
  Whole3 gyro_q9dps;  ///< mean angular rate, pod axes
  uint32_t dt_us;     ///< at most 105 ms
  bool bridged;
};

constexpr int COARSE_BITS = 9;  // g: accelerations that get squared

/// Square of an acceleration, 2^-18 g².
constexpr uint32_t squared_accel_q18(float ms2) {
  const float v_q9g = ms2 * (static_cast<float>(1 << COARSE_BITS) / GRAVITY);
  return static_cast<uint32_t>(v_q9g * v_q9g + 0.5f);
}

/// Keeps the newest ticks and hands them out half a window late, so that each is seen with what follows it.
///
/// Sums run on from tick to tick: those of any span are one difference, however long it is.
class MotionWindow {
 public:
  void clear() {
    next_ = first_ = end_;
    lag_us_ = cold_us_ = 0;
  }

  RETROSTEP_IN_PLACE void push(const Tick &tick, const Whole3 &bias_q9dps) {
    const Mark &last = at_(end_ - 1);
    Mark &mark = at_(end_++);
    mark.accel_q18g = last.accel_q18g.ran_on(tick.accel_q18g);
    mark.gyro_q9dps = last.gyro_q9dps.ran_on(tick.gyro_q9dps);
    mark.until_us = last.until_us + tick.dt_us;
    mark.rate2_q4 = squared_rate_q4(tick.gyro_q9dps - bias_q9dps);
    mark.bridged = tick.bridged;
    lag_us_ += tick.dt_us;
    cold_us_ = mark.rate2_q4 < HOT_RATE2_Q4 ? cold_us_ + tick.dt_us : 0;
  }

  /// True while a next tick has half a window of successors, or any tick at the `end`; `centre()` is then it.
  RETROSTEP_IN_PLACE bool advance(bool end = false) {
    // No tick is shorter: mostly that settles it.
    if (!end && lag_us_ < HALF_US + to_us(parameters::TICK_S)) return false;
    if (next_ == end_) return false;
    const uint32_t until_us = at_(next_).until_us, lag_us = at_(end_ - 1).until_us - until_us;
    if (!end && lag_us < HALF_US) return false;
    lag_us_ = lag_us;
    while (first_ != next_ && until_us - at_(first_ + 1).until_us >= HALF_US) ++first_;
    ++next_;
    return true;
  }
  RETROSTEP_IN_PLACE Tick centre() const { return tick_(next_ - 1); }
  /// From the end of the centre to the end of the newest tick.
  uint32_t lag_us() const { return lag_us_; }
  /// No tick around the centre can be part of the loosest stance. Known at once, while a look takes its time.
  bool hot() const { return cold_us_ < lag_us_ + HALF_US; }

  /// Mean specific force of the newest tick.
  Whole3 newest_accel_q18g() const { return at_(end_ - 1).accel_q18g.since(at_(end_ - 2).accel_q18g); }

  /// Ticks next to each other.
  struct Span {
    uint32_t first, last;  // the one after it
    int32_t size() const { return static_cast<int32_t>(last - first); }
  };
  /// Those of the whole window.
  Span wide() const { return {first_, end_}; }
  /// Those less than `half_us` before or after the centre, and the square of their fastest rate.
  RETROSTEP_IN_PLACE Span close(uint32_t half_us, uint32_t &max_rate2_q4) const {
    Span span{next_ - 1, next_};
    const Mark &centre = at_(span.first);
    max_rate2_q4 = centre.rate2_q4;
    for (const Mark *m = &centre; span.first != first_ && centre.until_us - m->until_us < half_us;) {
      m = &at_(--span.first);
      max_rate2_q4 = std::max(max_rate2_q4, m->rate2_q4);
    }
    for (const Mark *m = &centre; span.last != end_ && m->until_us - centre.until_us < half_us;) {
      m = &at_(span.last++);
      max_rate2_q4 = std::max(max_rate2_q4, m->rate2_q4);
    }
    return span;
  }
  /// The wide span holds half a window before the centre, as it does some time after clear().
  bool full() const { return at_(next_ - 1).until_us - at_(first_).until_us >= HALF_US; }

  /// Mean specific force.
  Whole3 mean_accel_q18g(Span span) const {
    return at_(span.last - 1).accel_q18g.since(at_(span.first - 1).accel_q18g) / span.size();
  }
  /// Mean rate, the bias still in it.
  Whole3 mean_rate_q9dps(Span span) const {
    return at_(span.last - 1).gyro_q9dps.since(at_(span.first - 1).gyro_q9dps) / span.size();
  }
  /// No rate of the window, without the bias, is as fast; see squared_rate_q4().
  bool slower(uint32_t rate2_q4) const {
    for (uint32_t i = first_; i != end_; ++i)
      if (at_(i).rate2_q4 >= rate2_q4) return false;
    return true;
  }
  /// Square of the fastest rate without the bias, see squared_rate_q4().
  uint32_t max_rate2_q4(Span span) const {
    uint32_t most = 0;
    for (uint32_t i = span.first; i != span.last; ++i) most = std::max(most, at_(i).rate2_q4);
    return most;
  }

  /// Around the centre, acceleration has nearly gravity's size and varies by less than `most_q18`; see
  /// squared_accel_q18().
  bool steady(uint32_t most_q18) const {
    static constexpr uint32_t LOW_Q18 = squared_accel_q18(GRAVITY - parameters::STANCE_ACCEL_ERROR);
    static constexpr uint32_t TOP_Q18 = squared_accel_q18(GRAVITY + parameters::STANCE_ACCEL_ERROR);
    const Squares q = squares_();
    if (q.sum_q18 >= q.n * (TOP_Q18 + most_q18))
      return false;  // so what follows fits, as the mean's is never more
    const Whole3 &a = q.accel_q9g;
    const auto mean2 = static_cast<uint32_t>(a.x * a.x + a.y * a.y + a.z * a.z);
    return q.n * q.sum_q18 - mean2 < q.n * q.n * most_q18 && mean2 > q.n * q.n * LOW_Q18 &&
           mean2 < q.n * q.n * TOP_Q18;
  }
  /// It varies by less than that, whatever its size is up to 2 g.
  bool even(uint32_t most_q18) const {
    static constexpr uint32_t TOP_Q18 = squared_accel_q18(2 * GRAVITY);
    const Squares q = squares_();
    if (q.sum_q18 >= q.n * TOP_Q18) return false;
    const Whole3 &a = q.accel_q9g;
    return q.n * q.sum_q18 - static_cast<uint32_t>(a.x * a.x + a.y * a.y + a.z * a.z) < q.n * q.n * most_q18;
  }
  /// As if all ticks of the window had been pushed with `by_q18g` taken off.
  void shift(const Whole3 &by_q18g) {
    Whole3 sum;
    for (uint32_t i = end_ - TICKS; i != end_; ++i) {
      at_(i).accel_q18g = at_(i).accel_q18g.since(sum);
      sum.run_on(by_q18g);
    }
  }
  /// Variance of the acceleration there, all axes together, (m/s²)².
  float accel_var() const {
    const Squares q = squares_();
    const float share = 1.0f / static_cast<float>(q.n);
    const float spread_q18 = static_cast<float>(q.sum_q18) * share - q.accel_q9g.real(share).norm2();
    return std::max(0.0f, spread_q18) * (GRAVITY * GRAVITY / static_cast<float>(1 << (2 * COARSE_BITS)));
  }
  /// The rates there stay in a box of which the diagonal is shorter; see squared_rate_q4().
  bool rate_within(uint32_t rate2_q4) const {
    // Two of them do, mostly, which costs less to see.
    if (squared_rate_q4(gyro_q9dps_(end_ - 1) - gyro_q9dps_(next_ - 1)) >= rate2_q4) return false;
    Whole3 low = gyro_q9dps_(first_), high = low;
    for (uint32_t i = first_ + 1; i != end_; ++i) {
      const Whole3 w = gyro_q9dps_(i);
      low = {std::min(low.x, w.x), std::min(low.y, w.y), std::min(low.z, w.z)};
      high = {std::max(high.x, w.x), std::max(high.y, w.y), std::max(high.z, w.z)};
    }
    return squared_rate_q4(high - low) < rate2_q4;
  }

 private:
  static constexpr uint32_t TICKS = 16;
  // The window ends at the tick whose end is nearest, whatever the ticks' length: those of 100 Hz last 10 ms.
  static constexpr uint32_t TIME_SLACK_US = 5500;
  static constexpr uint32_t HALF_US = to_us(parameters::STANCE_WINDOW_S / 2) - TIME_SLACK_US;
  // Half a window before and after the centre, with the tick before it all, and one that waits for its turn.
  static_assert(2 * (HALF_US / to_us(parameters::TICK_S) + 1) + 3 <= TICKS);
  static constexpr uint32_t HOT_RATE2_Q4 = squared_rate_q4(parameters::FOOT_FLAT_MAX_DPS);
  static constexpr uint32_t MOST_SQUARE_Q18 = 1u << 27;  // (22 g)²: nothing so hard rests; 16 fit 32 bits

  /// Coarse enough to square, to the nearest.
  static Whole3 coarse_q9g(const Whole3 &accel_q18g) {
    static constexpr int BITS = ACCEL_BITS - COARSE_BITS, HALF = 1 << (BITS - 1);
    return {(accel_q18g.x + HALF) >> BITS, (accel_q18g.y + HALF) >> BITS, (accel_q18g.z + HALF) >> BITS};
  }

  struct Squares {
    Whole3 accel_q9g;  // sum
    uint32_t sum_q18;  // of squares, g²
    uint32_t n;
  };
  Squares squares_() const {
    Squares q{{}, 0, end_ - first_};
    Whole3 before = at_(first_ - 1).accel_q18g;
    for (uint32_t i = first_; i != end_; ++i) {
      const Whole3 until = at_(i).accel_q18g, a = coarse_q9g(until.since(before));
      before = until;
      q.accel_q9g += a;
      q.sum_q18 += std::min(static_cast<uint32_t>(a.x * a.x + a.y * a.y + a.z * a.z), MOST_SQUARE_Q18);
    }
    return q;
  }

  /// A tick, with the sums up to it and itself. They run over, their differences do not.
  struct Mark {
    Whole3 accel_q18g, gyro_q9dps;
    uint32_t until_us;
    uint32_t rate2_q4;
    bool bridged;
  };
  Mark &at_(uint32_t number) { return marks_[number % TICKS]; }
  const Mark &at_(uint32_t number) const { return marks_[number % TICKS]; }
  Whole3 gyro_q9dps_(uint32_t number) const {
    return at_(number).gyro_q9dps.since(at_(number - 1).gyro_q9dps);
  }
  Tick tick_(uint32_t number) const {
    const Mark &before = at_(number - 1), &mark = at_(number);
    return {mark.accel_q18g.since(before.accel_q18g), mark.gyro_q9dps.since(before.gyro_q9dps),
            mark.until_us - before.until_us, mark.bridged};
  }

  std::array<Mark, TICKS> marks_{};
  // Numbers of ticks, which may run over: first of the wide span, after the centre, the next to come.
  uint32_t first_{0}, next_{0}, end_{0};
  uint32_t lag_us_{0};
  uint32_t cold_us_{0};  // since the last tick too fast for any stance
};

}  // namespace esphome::retrostep
