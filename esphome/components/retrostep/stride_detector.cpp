
#include "stride_detector.h"

#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

namespace {

constexpr float kNoTouch = 1e9f;
constexpr uint32_t kLeaveHalfUs = to_us(p::kLeaveWindowS / 2) - 500;  // up to half a millisecond early

constexpr float sq(float v) {
  return v * v;
}
/// A share of 1 in 2^-32.
constexpr uint32_t share_q32(float share) {
  return static_cast<uint32_t>(share * 4294967296.0f);
}
constexpr uint32_t part(uint32_t whole, uint32_t share_q32) {
  return static_cast<uint32_t>((static_cast<uint64_t>(whole) * share_q32) >> 32);
}

/// A force in the axes of a swing, g.
Vec3 seen(const Attitude &attitude, const Whole3 &accel) {
  return attitude.rotate_half(accel << 4).real(1.0f / (1 << (kAccelBits + 3)));
}

}  // namespace

void StrideDetector::lose() {
  standing_ = measuring_ = false;
  anchor_ = Anchor::kNone;
  window_.clear();
  begin(0);
}

bool StrideDetector::add(const Tick &tick, uint64_t now_us) {
  window_.push(tick, bias());
  return run(now_us, false);
}

bool StrideDetector::finish(uint64_t now_us) {
  return run(now_us, true) || (touch_unrest_ < kNoTouch && end_at_touch());
}

/// Takes the ticks that have successors enough, at the `end` all; stops at a stride.
bool StrideDetector::run(uint64_t now_us, bool end) {
  while (window_.advance(end)) {
    if (step(now_us - window_.lag_us())) return true;
  }
  return false;
}

bool StrideDetector::step(uint64_t now_us) {
  const Tick &tick = window_.centre();
  const Whole3 rate = tick.gyro - bias();
  if (standing_ && stand(tick, rate, now_us)) return false;
  return swing(tick, rate, now_us);
}

/// True while the stance goes on.
bool StrideDetector::stand(const Tick &tick, const Whole3 &rate, uint64_t now_us) {
  constexpr auto kLeast = static_cast<uint32_t>(p::kStanceMinDps * (1 << kRateBits));
  constexpr auto kFar2 = static_cast<int32_t>(sq(p::kLeaveAccel / kGravity) * (1 << 16));
  const MotionWindow::Moment last = window_.moment(kLeaveHalfUs);
  leave_rate_ = std::max(kLeast, leave_rate_ - leave_rate_ * tick.dt_us / to_us(p::kStanceDecayS));
  const Whole3 off = last.accel - stance_accel_, far = off << 6;
  if (last.max_rate2 > (leave_rate_ * leave_rate_) >> (2 * kRateBits - 4) || far.dot(far) > kFar2) {
    standing_ = measuring_ = false;
    follow_stance();
    begin(start_us_);
    return false;
  }
  if (measuring_) measure(tick, rate, last);
  stance_accel_ += (off << 4).part(static_cast<int32_t>(p::kStanceAccelGain * (1 << 28)));
  stance_us_ += tick.dt_us;
  if (stance_us_ > to_us(p::kStanceProofS)) anchor_ = Anchor::kStance;
  stance_turn_ += TickTurn(rate, tick.dt_us).half_q27;
  unfollowed_us_ += tick.dt_us;
  if (unfollowed_us_ > to_us(p::kFollowS)) {
    if (window_.rate_may_stay(rate_square(p::kBiasSpreadDps))) {
      learn_bias(window_.moment(), unfollowed_us_);
    } else {
      rest_us_ = 0;
    }
    follow_stance();
  }
  rate_ = rate;
  start_us_ = now_us;
  return true;
}

/// Takes the small turns of the stance into the attitude and levels it: by sines instead of angles.
void StrideDetector::follow_stance() {
  constexpr uint32_t kLevelUs = to_us(p::kLevelS);
  static constexpr auto kMost = static_cast<int32_t>(0.8f * (1 << 21));
  Attitude &attitude = swing_.attitude;
  attitude.turn(stance_turn_ << 5);
  const Whole3 seen = attitude.rotate_half(stance_accel_ << 4);  // 2^-21 g
  const auto gain_q31 = static_cast<int32_t>(std::min(unfollowed_us_, kLevelUs) * (0x7fffffff / kLevelUs));
  const auto half_q32 = [gain_q31](int32_t sine) {
    return high(std::clamp(sine, -kMost, kMost) << 10, gain_q31) * 2;
  };
  attitude.turn_after({half_q32(seen.y), half_q32(-seen.x), 0});
  attitude.straighten();
  stance_turn_ = {};
  unfollowed_us_ = 0;
}

/// At real rest the gyroscope shows its bias.
void StrideDetector::learn_bias(const MotionWindow::Moment &now, uint32_t dt_us) {
  const bool rest = now.full && rate_square(now.rate - bias()) < rate_square(p::kBiasMaxDps) &&
                    window_.rate_within(rate_square(p::kBiasSpreadDps)) &&
                    window_.steady(coarse_square(p::kBiasAccelSd));
  rest_us_ = rest ? rest_us_ + dt_us : 0;
  if (rest_us_ <= to_us(p::kBiasRestS)) return;
  constexpr auto kGain = static_cast<uint32_t>(p::kBiasGain * (1 << 28) / 1e4f);  // per µs
  const auto gain_q28 = static_cast<int32_t>(dt_us * kGain);
  const Whole3 off = (now.rate << kBiasBits) - fine_bias_;
  fine_bias_ += (off << 4).part(gain_q28);
}

/// A swing may start here.
void StrideDetector::begin(uint64_t now_us) {
  rest(now_us);
  start_ = swing_.attitude;
  start_rate_ = rate_;
}

/// No swing is under way.
void StrideDetector::rest(uint64_t now_us) {
  const Attitude attitude = swing_.attitude;
  swing_ = {};
  swing_.attitude = attitude;
  quiet_us_ = 0;
  start_us_ = now_us;
  forget_touch();
}

void StrideDetector::forget_touch() {
  touch_unrest_ = kNoTouch;
  touch_age_us_ = 0;
}

/// Returns the square of the speed now.
uint32_t StrideDetector::integrate(const Tick &tick, const Whole3 &rate) {
  const TickTurn turned(rate, tick.dt_us);
  const LevelTurn level(*axes_, rate, turned.half_q27, tick.dt_us, turned.dt_q32);
  Swing &s = swing_;
  const uint32_t speed2 = s.move(tick.accel, turned), rate2 = rate_square(rate);
  s.time_us += tick.dt_us;
  s.peak_rate2 = std::max(s.peak_rate2, rate2);
  s.peak_speed2 = std::max(s.peak_speed2, speed2);
  s.turn.add(level);
  if (tick.bridged) {
    s.gap_us = s.time_us - tick.dt_us / 2;
    gap_ = {s.position, s.velocity, s.time_us};
  }
  if (touch_unrest_ < kNoTouch) {
    after_rate2_ = std::max(after_rate2_, rate2);
    after_speed2_ = std::max(after_speed2_, speed_square(s.velocity.since(touch_.velocity)));
    after_turn_.add(level);
  }
  return speed2;
}

bool StrideDetector::swing(const Tick &tick, const Whole3 &rate, uint64_t now_us) {
  const uint32_t speed2 = integrate(tick, rate);
  if (window_.hot()) {
    quiet_us_ = rest_us_ = 0;
  } else {
    const MotionWindow::Moment now = window_.moment();
    learn_bias(now, tick.dt_us);
    if (rests(now, tick.dt_us)) return settle(now, now_us);
  }

  const uint32_t limit_us = anchor_ == Anchor::kStance  ? to_us(p::kSwingMaxS)
                            : anchor_ == Anchor::kTouch ? to_us(p::kTouchMaxS)
                                                        : to_us(p::kGuessMaxS);
  if (anchor_ != Anchor::kNone && swing_.time_us > limit_us) {
    anchor_ = Anchor::kNone;
    begin(now_us);
  }
  return touch(now_us, speed2, tick.dt_us);
}

/// Slower than this the foot may stand; see rate_square().
uint32_t StrideDetector::quiet_rate2() const {
  constexpr uint32_t kLeast = rate_square(p::kStanceMinDps), kMost = rate_square(p::kStanceMaxDps);
  if (anchor_ < Anchor::kTouch) return kMost;
  return std::clamp(part(swing_.peak_rate2, share_q32(sq(p::kStancePeakShare))), kLeast, kMost);
}

/// The foot is as quiet as in a stance, and that is no mere turning point of the swing.
bool StrideDetector::rests(const MotionWindow::Moment &now, uint32_t dt_us) {
  const bool anchored = anchor_ >= Anchor::kTouch;
  const bool quiet = now.full && now.max_rate2 < quiet_rate2() &&
                     (swing_.time_us > to_us(p::kStanceWindowS) || !anchored) &&
                     window_.steady(coarse_square(p::kStanceAccelSd));
  quiet_us_ = quiet ? quiet_us_ + dt_us : 0;
  if (!quiet) return false;
  if (!anchored || quiet_us_ >= to_us(p::kStanceSureS)) return true;
  const float stance_ms = slack(swing_) * (p::kStanceSpeedBase + p::kStanceSpeedShare * swing_.peak_dps());
  return swing_.velocity_ms().norm2() < sq(stance_ms);
}

/// The foot came to a quiet stance.
bool StrideDetector::settle(const MotionWindow::Moment &now, uint64_t now_us) {
  const bool proven = anchor_ >= Anchor::kTouch || (anchor_ == Anchor::kGuess && may_rest(0));
  const bool bridged = swing_.gap_us > 0;
  Attitude level;
  if (bridged || !proven) level = Attitude::upright(seen(swing_.attitude, now.accel), 1.0f);
  const bool straightened = proven && bridged && straighten_gap(level);
  // A first rest met by chance and a gap: two guesses are no stride.
  const bool sure = proven && !(bridged && anchor_ == Anchor::kGuess);
  rate_ = now.rate - bias();
  const bool stride = sure && close(swing_, rate_, now_us);
  calm_rate2_ = now.max_rate2;
  measuring_ = stride && !bridged && calm_rate2_ > rate_square(p::kCalmDps);
  if (measuring_) touch_ = swing_;
  if (bridged) stride_.tilt_cos = stride_.up.dot(now.accel.real(kAccelUnit).unit({0, 0, 1}));  // saw no gap
  if (stride || !proven)
    leave_rate_ = static_cast<uint32_t>(rate_of_square(quiet_rate2()) * (1 << kRateBits));
  Attitude &attitude = swing_.attitude;
  attitude.straighten();
  if (proven && !straightened) {
    const float gain = std::min(1.0f, swing_.seconds()) * p::kSwingLevelGain;
    attitude = Attitude::upright(swing_.lift_ms(), gain) * attitude;
  } else if (!proven) {
    attitude = level * attitude;
  }
  anchor_ = proven ? Anchor::kStance : Anchor::kGuess;
  stance_turn_ = {};
  unfollowed_us_ = 0;
  stance_accel_ = now.accel;
  stance_us_ = 0;
  standing_ = true;
  rest(now_us);
  return stride;
}

/// At rest, gravity shows the turn that a gap hid: everything since the gap is turned back by `level`. True
/// if that explains the speed left over, too.
bool StrideDetector::straighten_gap(const Attitude &level) {
  Swing s = swing_;
  s.turn_since(gap_.position, gap_.velocity, to_s(s.time_us - gap_.time_us), level);
  s.velocity.run_on(gap_.velocity);
  if (s.velocity_ms().norm2() >= swing_.velocity_ms().norm2()) return false;
  const Vec3 before = gap_.velocity.real(kSpeedUnit) * to_s(s.time_us - gap_.time_us);
  s.position.run_on(gap_.position);
  s.position.run_on(Whole3::of(before, 1.0f / kSpeedUnit));
  s.attitude = level * s.attitude;
  swing_ = s;
  return true;
}

/// How far the foot is from rest, its speed apart: squares of rotation and acceleration in units of what a
/// lively rest shows.
float StrideDetector::unrest(const MotionWindow::Moment &now) {
  const auto rate2 = static_cast<float>(rate_square(now.rate - bias()));
  if (anchor_ < Anchor::kTouch) {  // neither attitude nor speed is known
    const float force = now.accel.real(kAccelUnit).norm();
    return rate2 * (1.0f / static_cast<float>(rate_square(p::kTouchDps))) +
           (sq(force - kGravity) + window_.accel_var()) * (1.0f / sq(p::kTouchAccel));
  }
  static constexpr int32_t kOne = 1 << 21, kMost = 8 * kOne;
  const Whole3 force = swing_.attitude.rotate_half(now.accel << 4);
  const auto near = [](int32_t v) { return std::clamp(v, -kMost, kMost) << 6; };
  const Whole3 pull{near(force.x), near(force.y), near(force.z - kOne)};  // 2^-27 g
  const auto pull2 = static_cast<float>(pull.dot(pull));
  return rate2 * units_.per_rate2 + pull2 * units_.per_pull2;
}

/// What unrest is measured in follows the swing's peaks.
void StrideDetector::measure_unrest() {
  constexpr float kPullUnit = sq(kGravity) / (1 << 22);  // (m/s²)²
  const Swing &s = swing_;
  const float top = s.top_ms();
  const float rate_dps = std::min(p::kTouchDps, p::kTouchDpsBase + p::kTouchDpsShare * s.peak_dps());
  const float accel = std::min(p::kTouchAccel, p::kTouchAccelBase + p::kTouchAccelPerMs * top);
  const float speed = p::kTouchSpeedBase + p::kTouchSpeedShare * top;
  const float most_ms = p::kTouchSpeedBase + p::kTouchSpeedMax * top;
  units_.per_rate2 = 1.0f / (16.0f * sq(rate_dps));
  units_.per_pull2 = kPullUnit / sq(accel);
  units_.per_speed2 = 1.0f / sq(speed);
  units_.most_speed2 = static_cast<uint32_t>(nearest(sq(most_ms) * (1.0f / kSpeedSquareUnit)));
  units_.of_rate2 = s.peak_rate2;
  units_.of_speed2 = s.peak_speed2;
}

/// Has the swing gone on for long enough, and is it slow enough now, to end here?
bool StrideDetector::may_rest(uint32_t speed2) {
  const Swing &s = swing_;
  if (anchor_ == Anchor::kNone) return true;
  if (s.time_us <= to_us(p::kTouchMinS)) return false;
  if (anchor_ == Anchor::kGuess) {
    // Between two rests the mean specific force is gravity, so it must have its size and about its direction.
    const float seconds = s.seconds();
    const Vec3 lift = s.lift_ms();
    const float force = lift.norm();
    return std::fabs(force - seconds * kGravity) < seconds * p::kGuessAccelError &&
           lift.z > force * p::kGuessTiltCos;
  }
  // (a + b)² <= 2 a² + 2 b²: most of a swing is faster, and needs no root to tell.
  constexpr auto kBase = static_cast<uint32_t>(2.0f * sq(p::kTouchSpeedBase) / kSpeedSquareUnit);
  constexpr uint32_t kShare = share_q32(2.0f * sq(p::kTouchSpeedMax));
  if (speed2 > kBase + part(s.peak_speed2, kShare)) return false;
  if (units_.of_rate2 != s.peak_rate2 || units_.of_speed2 != s.peak_speed2) measure_unrest();
  return speed2 < units_.most_speed2;
}

/// Looks for the instant closest to rest in a gait whose stance never gets quiet.
bool StrideDetector::touch(uint64_t now_us, uint32_t speed2, uint32_t dt_us) {
  touch_age_us_ += dt_us;
  if (may_rest(speed2)) {
    const float most = std::min(touch_unrest_, p::kTouchUnrest);
    const bool moves = anchor_ >= Anchor::kTouch;  // else its speed is unknown
    const float haste = moves ? swing_.velocity_ms().norm2() * units_.per_speed2 : 0;
    MotionWindow::Moment now;
    float now_unrest = haste;
    if (haste < most) {
      now = window_.moment();
      now_unrest += unrest(now);
    }
    if (now_unrest < most) {
      touch_ = swing_;
      touch_accel_ = now.accel;
      touch_rate_ = now.rate - bias();
      touch_us_ = now_us;
      touch_unrest_ = now_unrest;
      touch_age_us_ = 0;
      after_rate2_ = after_speed2_ = 0;
      after_turn_ = {};
    }
  }
  return touch_age_us_ > to_us(p::kTouchWaitS) && touch_unrest_ < kNoTouch && end_at_touch();
}

/// Ends the swing at the instant found, which has passed already, and starts the next one there.
bool StrideDetector::end_at_touch() {
  const bool known = anchor_ != Anchor::kNone;
  const bool stride = known && close(touch_, touch_rate_, touch_us_);
  const Vec3 up = known ? touch_.lift_ms() : seen(touch_.attitude, touch_accel_);
  const bool trusted = anchor_ >= Anchor::kTouch;
  const float gain = trusted ? std::min(1.0f, touch_.seconds()) * p::kSwingLevelGain : 1.0f;
  const Attitude fix = Attitude::upright(up, gain);
  // What was integrated since then starts from rest and turns with the corrected attitude, gravity excepted.
  Swing &s = swing_;
  s.time_us -= touch_.time_us;
  s.turn_since(touch_.position, touch_.velocity, s.seconds(), fix);
  s.attitude = fix * s.attitude;
  s.attitude.straighten();
  s.gap_us = s.gap_us > touch_.time_us ? s.gap_us - touch_.time_us : 0;
  s.peak_rate2 = after_rate2_;
  s.peak_speed2 = after_speed2_;
  s.turn = after_turn_;
  start_ = fix * touch_.attitude;
  start_us_ = touch_us_;
  start_rate_ = touch_rate_;
  anchor_ = known ? Anchor::kTouch : Anchor::kGuess;
  forget_touch();
  return stride;
}

}  // namespace retrostep
