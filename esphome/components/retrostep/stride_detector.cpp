
#include "stride_detector.h"

#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

namespace {

constexpr Vec3 kUp{0, 0, 1};
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

/// The small rotation that brings unit vector `seen` closer to up; gain 1 all the way.
Quat upright(const Vec3 &seen, float gain) {
  return Quat::between((seen * gain + kUp * (1.0f - gain)).unit(kUp), kUp);
}

}  // namespace

void StrideDetector::lose() {
  standing_ = false;
  anchor_ = Anchor::kNone;
  window_.clear();
  begin(0);
}

bool StrideDetector::add(const Tick &tick, uint64_t now_us) {
  window_.push(tick, bias());
  bool ended = false;
  while (window_.advance()) ended |= step(now_us - window_.lag_us());
  return ended;
}

bool StrideDetector::finish(uint64_t now_us) {
  while (window_.advance(true)) {
    if (step(now_us - window_.lag_us())) return true;
  }
  return touch_unrest_ < kNoTouch && end_at_touch();
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
    standing_ = false;
    rest_us_ = 0;
    follow_stance();
    begin(start_us_);
    return false;
  }
  stance_accel_ += (off << 4).part(static_cast<int32_t>(p::kStanceAccelGain * (1 << 28)));
  stance_us_ += tick.dt_us;
  if (stance_us_ > to_us(p::kStanceProofS)) anchor_ = Anchor::kStance;
  stance_turn_ += TickTurn(rate, tick.dt_us).half_q27;
  unfollowed_us_ += tick.dt_us;
  if (unfollowed_us_ > to_us(p::kFollowS)) {
    learn_bias();
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
void StrideDetector::learn_bias() {
  const auto rest = [this](const MotionWindow::View &view) {
    return view.full && view.steady(coarse_square(p::kBiasAccelSd)) &&
           rate_square(view.mean_rate() - bias()) < rate_square(p::kBiasMaxDps) &&
           rate_square(view.high - view.low) < rate_square(p::kBiasSpreadDps);
  };
  const MotionWindow::View view = window_.view();
  rest_us_ = rest(view) ? rest_us_ + unfollowed_us_ : 0;
  if (rest_us_ <= to_us(p::kBiasRestS)) return;
  const auto gain_q28 =
      static_cast<int32_t>(unfollowed_us_ * static_cast<uint32_t>(p::kBiasGain * (1 << 28) / 1e4f));
  const Whole3 off = (view.mean_rate() << kBiasBits) - fine_bias_;
  fine_bias_ += (off << 4).part(gain_q28);
}

/// Turns the attitude to what gravity says.
void StrideDetector::level(const Vec3 &accel) {
  const Quat attitude = swing_.attitude.real();
  swing_.attitude = Attitude::of(upright(attitude.rotate(accel).unit(kUp), 1.0f) * attitude);
}

/// A swing may start here.
void StrideDetector::begin(uint64_t now_us) {
  const Attitude attitude = swing_.attitude;
  swing_ = {};
  swing_.attitude = start_ = attitude;
  start_rate_ = rate_;
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
    quiet_us_ = 0;
  } else if (const MotionWindow::View view = window_.view(); rests(view, tick.dt_us)) {
    return settle(view, now_us);
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
bool StrideDetector::rests(const MotionWindow::View &view, uint32_t dt_us) {
  const bool anchored = anchor_ >= Anchor::kTouch;
  const bool quiet = view.full && view.max_rate2 < quiet_rate2() &&
                     view.steady(coarse_square(p::kStanceAccelSd)) &&
                     (swing_.time_us > to_us(p::kStanceWindowS) || !anchored);
  quiet_us_ = quiet ? quiet_us_ + dt_us : 0;
  if (!quiet) return false;
  if (!anchored || quiet_us_ >= to_us(p::kStanceSureS)) return true;
  const float stance_ms = slack(swing_) * (p::kStanceSpeedBase + p::kStanceSpeedShare * swing_.peak_dps());
  return swing_.velocity_ms().norm2() < sq(stance_ms);
}

/// The foot came to a quiet stance.
bool StrideDetector::settle(const MotionWindow::View &view, uint64_t now_us) {
  const bool proven = anchor_ >= Anchor::kTouch || (anchor_ == Anchor::kGuess && may_rest(0));
  const bool bridged = swing_.gap_us > 0;
  const bool straightened = proven && bridged && straighten_gap(view.mean_accel());
  // A first rest met by chance and a gap: two guesses are no stride.
  const bool sure = proven && !(bridged && anchor_ == Anchor::kGuess);
  const bool stride = sure && close(swing_, mean_gyro(view), now_us);
  if (bridged) stride_.tilt_cos = stride_.up.dot(view.mean_accel().unit(kUp));  // gravity saw no gap
  if (stride || !proven)
    leave_rate_ = static_cast<uint32_t>(rate_of_square(quiet_rate2()) * (1 << kRateBits));
  if (proven && !straightened) {
    swing_.attitude.straighten();
    const float seconds = swing_.seconds();
    const Vec3 mean = (swing_.velocity_ms() + kUp * (seconds * kGravity)).unit(kUp);
    const float gain = std::min(1.0f, seconds) * p::kSwingLevelGain;
    swing_.attitude = Attitude::of(upright(mean, gain) * swing_.attitude.real());
  } else if (!proven) {
    level(view.mean_accel());
  }
  anchor_ = proven ? Anchor::kStance : Anchor::kGuess;
  rate_ = view.mean_rate() - bias();
  stance_turn_ = {};
  unfollowed_us_ = 0;
  stance_accel_ = view.whole_accel();
  stance_us_ = 0;
  standing_ = true;
  begin(now_us);
  return stride;
}

/// At rest, gravity `up` shows the turn that a gap hid: everything since the gap is turned back. True if that
/// explains the speed left over, too.
bool StrideDetector::straighten_gap(const Vec3 &up) {
  Swing &s = swing_;
  const Quat attitude = s.attitude.real();
  const Quat fix = upright(attitude.rotate(up).unit(kUp), 1.0f);
  const float t = to_s(s.time_us - gap_.time_us);
  const Motion since = turned(fix, moved(gap_.position, gap_.velocity, t), t);
  const Vec3 before = gap_.velocity.real(kSpeedUnit), velocity = before + since.velocity;
  if (velocity.norm2() >= s.velocity_ms().norm2()) return false;
  const Vec3 position = gap_.position.real(kSpeedUnit) + before * t + since.position;
  s.position = Whole3::of(position, 1.0f / kSpeedUnit);
  s.velocity = Whole3::of(velocity, 1.0f / kSpeedUnit);
  s.attitude = Attitude::of(fix * attitude);
  return true;
}

/// What the swing added to an earlier position and velocity in the `t` seconds since.
StrideDetector::Motion StrideDetector::moved(const Whole3 &position, const Whole3 &velocity, float t) const {
  return {swing_.position.since(position).real(kSpeedUnit) - velocity.real(kSpeedUnit) * t,
          swing_.velocity.since(velocity).real(kSpeedUnit)};
}

/// The same had the attitude been turned by `fix`; gravity does not turn along.
StrideDetector::Motion StrideDetector::turned(const Quat &fix, const Motion &motion, float t) {
  const Vec3 fall_v = kUp * (kGravity * t), fall_p = kUp * (0.5f * kGravity * t * t);
  return {fix.rotate(motion.position + fall_p) - fall_p, fix.rotate(motion.velocity + fall_v) - fall_v};
}

/// How far the foot is from rest: squares of rotation, acceleration and speed in units of what a lively rest
/// shows.
float StrideDetector::unrest(const MotionWindow::View &view) const {
  const Vec3 gyro = mean_gyro(view), accel = view.mean_accel();
  if (anchor_ < Anchor::kTouch) {  // neither attitude nor speed is known
    return gyro.norm2() / sq(p::kTouchDps * kRadPerDeg) +
           (sq(accel.norm() - kGravity) + view.accel_var()) / sq(p::kTouchAccel);
  }
  const Swing &s = swing_;
  const float top = s.top_ms(), peak = s.peak_dps() * kRadPerDeg;
  const float rate_unit =
      std::min(p::kTouchDps * kRadPerDeg, p::kTouchDpsBase * kRadPerDeg + p::kTouchDpsShare * peak);
  const float accel_unit = std::min(p::kTouchAccel, p::kTouchAccelBase + p::kTouchAccelPerMs * top);
  const float speed_unit = p::kTouchSpeedBase + p::kTouchSpeedShare * top;
  const Vec3 pull = s.attitude.real().rotate(accel) - kUp * kGravity;
  return gyro.norm2() / sq(rate_unit) + pull.norm2() / sq(accel_unit) +
         s.velocity_ms().norm2() / sq(speed_unit);
}

/// Has the swing gone on for long enough, and is it slow enough now, to end here?
bool StrideDetector::may_rest(uint32_t speed2) const {
  const Swing &s = swing_;
  if (anchor_ == Anchor::kNone) return true;
  if (s.time_us <= to_us(p::kTouchMinS)) return false;
  if (anchor_ == Anchor::kGuess) {
    // Between two rests the mean specific force is gravity, so it must have its size and about its direction.
    const float seconds = s.seconds();
    const Vec3 sum = s.velocity_ms() + kUp * (seconds * kGravity);
    const float force = sum.norm() / seconds;
    return std::fabs(force - kGravity) < p::kGuessAccelError && sum.z > force * seconds * p::kGuessTiltCos;
  }
  // (a + b)² <= 2 a² + 2 b²: most of a swing is faster, and needs no root to tell.
  constexpr auto kBase = static_cast<uint32_t>(2.0f * sq(p::kTouchSpeedBase) / kSpeedSquareUnit);
  constexpr uint32_t kShare = share_q32(2.0f * sq(p::kTouchSpeedMax));
  if (speed2 > kBase + part(s.peak_speed2, kShare)) return false;
  const float limit_ms = p::kTouchSpeedBase + p::kTouchSpeedMax * s.top_ms();
  return static_cast<float>(speed2) * kSpeedSquareUnit < sq(limit_ms);
}

/// Looks for the instant closest to rest in a gait whose stance never gets quiet.
bool StrideDetector::touch(uint64_t now_us, uint32_t speed2, uint32_t dt_us) {
  touch_age_us_ += dt_us;
  if (may_rest(speed2)) {
    const MotionWindow::View view = window_.view();
    const float now_unrest = unrest(view);
    if (now_unrest < std::min(touch_unrest_, p::kTouchUnrest)) {
      touch_ = swing_;
      touch_accel_ = view.mean_accel();
      touch_rate_ = mean_gyro(view);
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
  const bool stride = anchor_ != Anchor::kNone && close(touch_, touch_rate_, touch_us_);
  const Quat attitude = touch_.attitude.real();
  Quat fix;
  if (anchor_ == Anchor::kNone) {
    fix = upright(attitude.rotate(touch_accel_).unit(kUp), 1.0f);
  } else {
    const float seconds = touch_.seconds();
    const Vec3 mean = (touch_.velocity_ms() + kUp * (seconds * kGravity)).unit(kUp);
    const float gain = anchor_ == Anchor::kGuess ? 1.0f : std::min(1.0f, seconds) * p::kSwingLevelGain;
    fix = upright(mean, gain);
  }
  // What was integrated since then starts from rest and turns with the corrected attitude, gravity excepted.
  Swing &s = swing_;
  s.time_us -= touch_.time_us;
  const float t = s.seconds();
  const Motion since = turned(fix, moved(touch_.position, touch_.velocity, t), t);
  s.position = Whole3::of(since.position, 1.0f / kSpeedUnit);
  s.velocity = Whole3::of(since.velocity, 1.0f / kSpeedUnit);
  s.attitude = Attitude::of(fix * s.attitude.real());
  s.attitude.straighten();
  s.gap_us = s.gap_us > touch_.time_us ? s.gap_us - touch_.time_us : 0;
  s.peak_rate2 = after_rate2_;
  s.peak_speed2 = after_speed2_;
  s.turn = after_turn_;
  start_ = Attitude::of(fix * attitude);
  start_us_ = touch_us_;
  start_rate_ = Whole3::of(touch_rate_, 1.0f / kRateUnit);
  anchor_ = anchor_ == Anchor::kNone ? Anchor::kGuess : Anchor::kTouch;
  forget_touch();
  return stride;
}

/// A stride from the last rest to `end`; false for what is only a fidget.
bool StrideDetector::close(const Swing &end, const Vec3 &end_rate, uint64_t end_us) {
  if (end.peak_rate2 < rate_square(p::kSwingMinPeakDps) || end.time_us <= to_us(p::kSwingMinS)) return false;
  stride_.start_us = start_us_;
  stride_.end_us = end_us;
  const Quat start = start_.real(), attitude = end.attitude.real();
  const Vec3 velocity = end.velocity_ms();
  const float seconds = end.seconds();
  // What the gap hid came at once, in its middle; other errors grow steadily.
  const float drift_s = end.gap_us > 0 ? seconds - to_s(end.gap_us) : 0.5f * seconds;
  // A foot that rolls about its sole carries the pod along at both ends, unseen by a zero speed there.
  const Vec3 rates = start.rotate(start_rate_.real(kRateUnit)) + attitude.rotate(end_rate);
  const Vec3 carried = rates.cross(kUp) * (0.5f * seconds * p::kPodHeightM);
  const Vec3 moved = end.position_m() - velocity * drift_s + carried;
  const Quat to_pod = start.conjugate();
  stride_.up = to_pod.rotate(kUp);
  stride_.displacement = Quat::between(stride_.up, kUp).rotate(to_pod.rotate(moved));
  stride_.tilt_cos = stride_.up.dot(attitude.conjugate().rotate(kUp));
  const Quat turned = attitude * to_pod;
  stride_.yaw_rad = wrap_angle(2.0f * std::atan2(turned.z, turned.w));
  stride_.residual_ms = velocity.norm();
  stride_.peak_dps = end.peak_dps();
  stride_.peak_ms = end.top_ms();
  stride_.bridged = end.gap_us > 0;
  stride_.unsure_m = 0;
  if (stride_.bridged) {
    stride_.unsure_m = p::kBridgedUnsureDrift * drift_s * stride_.residual_ms +
                       p::kBridgedUnsurePath * seconds * stride_.peak_ms;
  }
  stride_.turn = end.turn;
  return true;
}

}  // namespace retrostep
