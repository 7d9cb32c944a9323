#pragma once
/// The search for a zero-velocity update in a lively gait, whose stances are never quiet.
///
/// There the instant counts at which the foot comes closest to rest: where a test statistic, squares of
/// angular rate, specific force less gravity, and integrated speed, each in units of what a lively rest
/// shows, is least. It is confirmed once none with less has followed for a while.

#include "stride_fixed.h"
#include "stride_parameters.h"
#include "stride_swing.h"
#include "stride_window.h"

namespace esphome::retrostep {

/// How sure it is that the foot rested where a swing began.
enum class Zupt : uint8_t {
  NONE,    ///< it did not: there is no swing, only the search for a rest
  GUESS,   ///< a first rest, met by chance
  LIVELY,  ///< the least statistic of a lively gait
  STANCE,  ///< a quiet stance
};
/// The attitude and velocity integrated since then can be relied on.
constexpr bool sure(Zupt zupt) {
  return zupt >= Zupt::LIVELY;
}

/// Between two rests the mean specific force is gravity, so it must have its size and about its direction.
bool gravity_holds(const Swing &swing);

class ZuptSearch {
 public:
  /// The instant of a swing closest to rest so far.
  struct Instant {
    Swing swing;  ///< up to it
    Whole3 accel_q18g, rate_q9dps;
    uint64_t at_us;
  };

  /// Starts anew: a swing begins.
  void clear() {
    found_ = false;
    statistic_ = parameters::ZUPT_MOST_STATISTIC;
    age_us_ = 0;
  }
  bool found() const { return found_; }
  const Instant &instant() const { return instant_; }
  /// None with less has followed for long enough.
  bool confirmed() const { return found_ && age_us_ > to_us(parameters::ZUPT_WAIT_S); }

  /// What a tick of the swing adds.
  RETROSTEP_IN_PLACE void add(uint32_t rate2_q4, uint32_t dt_us) {
    if (!found_) return;
    age_us_ += dt_us;
    since_rate2_q4_ = std::max(since_rate2_q4_, rate2_q4);
  }
  /// What the swing having moved on by it adds.
  RETROSTEP_IN_PLACE void update(const Swing &swing) {
    if (!found_) return;
    const Whole3 since_q23gs = swing.velocity_q23gs.since(instant_.swing.velocity_q23gs);
    since_speed2_q24_ = std::max(since_speed2_q24_, squared_speed_q24(since_q23gs));
  }

  /// Has the swing gone on for long enough, and is it slow enough now, to end here? If so, look().
  RETROSTEP_IN_PLACE bool may_rest(const Swing &swing, Zupt start, uint32_t speed2_q24) {
    if (!sure(start)) return start == Zupt::NONE || gravity_holds(swing);
    if (swing.time_us <= to_us(parameters::ZUPT_MIN_S)) return false;
    // (a + b)² <= 2 a² + 2 b²: most of a swing is faster, and needs no root to tell.
    static constexpr float BASE = parameters::ZUPT_SPEED_BASE, MOST = parameters::ZUPT_SPEED_MAX;
    static constexpr auto BASE2_Q24 = static_cast<uint32_t>(2.0f * BASE * BASE / SPEED2_UNIT);
    static constexpr uint32_t MOST2_Q32 = share_q32(2.0f * MOST * MOST);
    if (speed2_q24 > BASE2_Q24 + part(swing.peak_speed2_q24, MOST2_Q32)) return false;
    if (units_.of_rate2_q4 != swing.peak_rate2_q4 || units_.of_speed2_q24 != swing.peak_speed2_q24)
      set_units_(swing);
    return speed2_q24 < units_.most_speed2_q24;
  }
  /// Takes the window's centre if its statistic is the least so far: true then.
  bool look(const MotionWindow &window, const Swing &swing, Zupt start, const Whole3 &bias_q9dps,
            uint64_t now_us);

  /// Lets the swing begin at the instant found: as if it had rested there, its attitude turned by `fix`.
  void restart(Swing &swing, const Attitude &fix) const;

 private:
  void set_units_(const Swing &swing);
  float rest_statistic_(const MotionWindow &window, const Swing &swing, Zupt start, const Whole3 &accel_q18g,
                        const Whole3 &rate_q9dps) const;

  /// What the statistic is measured in, and the swing's peaks it was taken from.
  struct Units {
    float per_rate2_q4, per_force2_q22, per_speed2;
    uint32_t most_speed2_q24;  // above it no foot rests
    uint32_t of_rate2_q4, of_speed2_q24;
  };

  bool found_{false};
  Instant instant_{};
  float statistic_{0};  // of that instant; only less is closer to rest
  uint32_t age_us_{0};
  uint32_t since_rate2_q4_{0}, since_speed2_q24_{0};  // peaks since then
  Units units_{};
};

}  // namespace esphome::retrostep
