
#include "stride_detector.h"

#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

namespace {

constexpr Vec3 kUp{0, 0, 1};
constexpr float kNoTouch = 1e9f;
constexpr float kSmallTurn = 0.08f;  // rad in half a tick; more is a fast turn seen at a low sample rate
constexpr float kHalfWindowS = p::kStanceWindowS / 2;

constexpr float sq(float v) {
  return v * v;
}
constexpr float rate2(float dps) {
  return sq(dps * kRadPerDeg);
}

bool near_gravity(const Vec3 &accel, float error) {
  return std::fabs(accel.norm() - kGravity) < error;
}

/// As quiet as the loosest stance.
bool calm(const MotionWindow::View &view) {
  return view.full && view.max_rate2 < rate2(p::kStanceMaxDps) && view.accel_var < sq(p::kStanceAccelSd) &&
         near_gravity(view.accel, p::kStanceAccelError);
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

bool StrideDetector::add(const Tick &tick, uint64_t now_us, RawStride &out) {
  window_.push(tick);
  bool ended = false;
  while (window_.advance(kHalfWindowS)) ended |= step(now_us - window_.lag_us(), out);
  return ended;
}

bool StrideDetector::finish(uint64_t now_us, RawStride &out) {
  while (window_.advance(0)) {
    if (step(now_us - window_.lag_us(), out)) return true;
  }
  return touch_unrest_ < kNoTouch && end_at_touch(out);
}

bool StrideDetector::step(uint64_t now_us, RawStride &out) {
  Tick tick = window_.centre();
  tick.gyro = tick.gyro - bias_;
  const MotionWindow::View view = window_.view(kHalfWindowS, bias_);
  learn_bias(view, tick.dt_s);
  if (standing_ && stand(tick, now_us)) return false;
  return swing(tick, view, now_us, out);
}

/// True while the stance goes on.
bool StrideDetector::stand(const Tick &tick, uint64_t now_us) {
  const MotionWindow::View last = window_.view(p::kLeaveWindowS / 2, bias_);
  const float decay = std::max(0.0f, 1.0f - tick.dt_s * (1.0f / p::kStanceDecayS));
  leave_rate_ = std::max(p::kStanceMinDps * kRadPerDeg, leave_rate_ * decay);
  if (last.max_rate2 > sq(leave_rate_) || (last.accel - stance_accel_).norm2() > sq(p::kLeaveAccel)) {
    standing_ = false;
    follow_stance();
    begin(start_us_);
    return false;
  }
  stance_accel_ += (last.accel - stance_accel_) * p::kStanceAccelGain;
  stance_s_ += tick.dt_s;
  if (stance_s_ > p::kStanceProofS) anchor_ = Anchor::kStance;
  stance_turn_ += tick.gyro * tick.dt_s;
  unfollowed_s_ += tick.dt_s;
  if (unfollowed_s_ > p::kFollowS) follow_stance();
  rate_ = tick.gyro;
  start_us_ = now_us;
  return true;
}

/// Takes the small turns of the stance into the attitude and levels it.
void StrideDetector::follow_stance() {
  swing_.attitude.turn(stance_turn_ * 0.5f);
  swing_.attitude.straighten();
  level(stance_accel_, unfollowed_s_ * (1.0f / p::kLevelS));
  stance_turn_ = {};
  unfollowed_s_ = 0;
}

/// At real rest the gyroscope shows its bias.
void StrideDetector::learn_bias(const MotionWindow::View &view, float dt_s) {
  const bool rests = view.full && view.accel_var < sq(p::kBiasAccelSd) &&
                     view.gyro.norm2() < rate2(p::kBiasMaxDps) &&
                     window_.spread2(kHalfWindowS) < rate2(p::kBiasSpreadDps) &&
                     near_gravity(view.accel, p::kStanceAccelError);
  rest_s_ = rests ? rest_s_ + dt_s : 0;
  if (rest_s_ > p::kBiasRestS) bias_ += view.gyro * p::kBiasGain;
}

/// Pulls the attitude towards what gravity says.
void StrideDetector::level(const Vec3 &accel, float gain) {
  swing_.attitude = upright(swing_.attitude.rotate(accel).unit(kUp), std::min(gain, 1.0f)) * swing_.attitude;
}

/// A swing may start here.
void StrideDetector::begin(uint64_t now_us) {
  const Quat attitude = swing_.attitude;
  swing_ = {};
  swing_.attitude = start_ = attitude;
  start_rate_ = rate_;
  quiet_s_ = 0;
  start_us_ = now_us;
  forget_touch();
}

void StrideDetector::forget_touch() {
  touch_unrest_ = kNoTouch;
  touch_age_s_ = 0;
}

void StrideDetector::integrate(const Tick &tick) {
  const Vec3 &accel = tick.accel, &gyro = tick.gyro;
  const float dt = tick.dt_s, half_s = 0.5f * dt;
  const Vec3 half = gyro * half_s;
  Swing &s = swing_;
  Vec3 force;  // in the middle of the tick
  if (half.norm2() < sq(kSmallTurn)) {
    force = s.attitude.rotate(accel + half.cross(accel));
    s.attitude.turn(half);
  } else {  // fast turns or few samples a second: exact enough in two steps
    s.attitude.turn(half * 0.5f);
    s.attitude.straighten();
    force = s.attitude.rotate(accel);
    s.attitude.turn(half * 0.5f);
    s.attitude.straighten();
  }
  force.z -= kGravity;
  const Vec3 before = s.velocity;
  s.velocity += force * dt;
  s.position += (before + s.velocity) * half_s;
  s.seconds += dt;
  const float rate2 = gyro.norm2();
  s.peak_rate2 = std::max(s.peak_rate2, rate2);
  s.peak_speed2 = std::max(s.peak_speed2, s.velocity.norm2());
  if (tick.bridged) s.gap_s = s.seconds - half_s;
  const bool touched = touch_unrest_ < kNoTouch;
  if (touched) {
    after_rate2_ = std::max(after_rate2_, rate2);
    after_speed2_ = std::max(after_speed2_, (s.velocity - touch_.velocity).norm2());
  }
  if (axes_) {
    const LevelTurn turn(*axes_, gyro, dt);
    s.turn.add(turn);
    if (touched) after_turn_.add(turn);
  }
}

bool StrideDetector::swing(const Tick &tick, const MotionWindow::View &view, uint64_t now_us,
                           RawStride &out) {
  integrate(tick);
  if (calm(view)) {
    const bool anchored = anchor_ >= Anchor::kTouch;
    const float peak_dps = std::sqrt(swing_.peak_rate2) * kDegPerRad;
    const float quiet_dps =
        anchored ? std::clamp(p::kStancePeakShare * peak_dps, p::kStanceMinDps, p::kStanceMaxDps)
                 : p::kStanceMaxDps;
    const bool quiet = (swing_.seconds > p::kStanceWindowS || !anchored) && view.max_rate2 < rate2(quiet_dps);
    quiet_s_ = quiet ? quiet_s_ + tick.dt_s : 0;
    const float stance_ms = slack(swing_) * (p::kStanceSpeedBase + p::kStanceSpeedShare * peak_dps);
    if (quiet && (!anchored || swing_.velocity.norm2() < sq(stance_ms) || quiet_s_ > p::kStanceSureS))
      return settle(view, now_us, quiet_dps, out);
  } else {
    quiet_s_ = 0;
  }

  const float limit_s = anchor_ == Anchor::kStance  ? p::kSwingMaxS
                        : anchor_ == Anchor::kTouch ? p::kTouchMaxS
                                                    : p::kGuessMaxS;
  if (anchor_ != Anchor::kNone && swing_.seconds > limit_s) {
    anchor_ = Anchor::kNone;
    begin(now_us);
  }
  return touch(view, now_us, tick.dt_s, out);
}

/// The foot came to a quiet stance.
bool StrideDetector::settle(const MotionWindow::View &view, uint64_t now_us, float quiet_dps,
                            RawStride &out) {
  const bool proven = anchor_ >= Anchor::kTouch || (anchor_ == Anchor::kGuess && may_rest());
  const bool stride = proven && close(swing_, view.gyro, now_us, out);
  if (stride || !proven) leave_rate_ = quiet_dps * kRadPerDeg;
  swing_.attitude.straighten();
  if (proven) {
    const Vec3 mean = (swing_.velocity + kUp * (swing_.seconds * kGravity)).unit(kUp);
    swing_.attitude = upright(mean, std::min(1.0f, swing_.seconds) * p::kSwingLevelGain) * swing_.attitude;
  } else {
    level(view.accel, 1.0f);
  }
  anchor_ = proven ? Anchor::kStance : Anchor::kGuess;
  rate_ = view.gyro;
  stance_turn_ = {};
  unfollowed_s_ = 0;
  stance_accel_ = view.accel;
  stance_s_ = 0;
  standing_ = true;
  begin(now_us);
  return stride;
}

/// How far the foot is from rest: squares of rotation, acceleration and speed in units of what a lively rest
/// shows.
float StrideDetector::unrest(const MotionWindow::View &view) const {
  if (anchor_ < Anchor::kTouch) {  // neither attitude nor speed is known
    return view.gyro.norm2() / rate2(p::kTouchDps) +
           (sq(view.accel.norm() - kGravity) + view.accel_var) / sq(p::kTouchAccel);
  }
  const Swing &s = swing_;
  const float top = std::sqrt(s.peak_speed2), peak = std::sqrt(s.peak_rate2);
  const float rate_unit =
      std::min(p::kTouchDps * kRadPerDeg, p::kTouchDpsBase * kRadPerDeg + p::kTouchDpsShare * peak);
  const float accel_unit = std::min(p::kTouchAccel, p::kTouchAccelBase + p::kTouchAccelPerMs * top);
  const float speed_unit = p::kTouchSpeedBase + slack(s) * p::kTouchSpeedShare * top;
  const Vec3 pull = s.attitude.rotate(view.accel) - kUp * kGravity;
  return view.gyro.norm2() / sq(rate_unit) + pull.norm2() / sq(accel_unit) +
         s.velocity.norm2() / sq(speed_unit);
}

/// Has the swing gone on for long enough, and is it slow enough now, to end here?
bool StrideDetector::may_rest() const {
  const Swing &s = swing_;
  if (anchor_ == Anchor::kNone) return true;
  if (s.seconds < p::kTouchMinS) return false;
  if (anchor_ == Anchor::kGuess) {
    // Between two rests the mean specific force is gravity, so it must have its size and about its direction.
    const Vec3 sum = s.velocity + kUp * (s.seconds * kGravity);
    const float force = sum.norm() / s.seconds;
    return std::fabs(force - kGravity) < p::kGuessAccelError && sum.z > force * s.seconds * p::kGuessTiltCos;
  }
  const float speed2 = s.velocity.norm2();
  const float share = slack(s) * p::kTouchSpeedMax;
  // (a + b)² <= 2 a² + 2 b²: most of a swing is faster, and needs no root to tell.
  if (speed2 > 2.0f * (sq(p::kTouchSpeedBase) + sq(share) * s.peak_speed2)) return false;
  return speed2 < sq(p::kTouchSpeedBase + share * std::sqrt(s.peak_speed2));
}

/// Looks for the instant closest to rest in a gait whose stance never gets quiet.
bool StrideDetector::touch(const MotionWindow::View &view, uint64_t now_us, float dt_s, RawStride &out) {
  touch_age_s_ += dt_s;
  if (may_rest()) {
    const float now_unrest = unrest(view);
    if (now_unrest < std::min(touch_unrest_, p::kTouchUnrest)) {
      touch_ = swing_;
      touch_accel_ = view.accel;
      touch_rate_ = view.gyro;
      touch_us_ = now_us;
      touch_unrest_ = now_unrest;
      touch_age_s_ = 0;
      after_rate2_ = after_speed2_ = 0;
      after_turn_ = {};
    }
  }
  return touch_unrest_ < kNoTouch && touch_age_s_ > p::kTouchWaitS && end_at_touch(out);
}

/// Ends the swing at the instant found, which has passed already, and starts the next one there.
bool StrideDetector::end_at_touch(RawStride &out) {
  const bool stride = anchor_ != Anchor::kNone && close(touch_, touch_rate_, touch_us_, out);
  Quat fix;
  if (anchor_ == Anchor::kNone) {
    fix = upright(touch_.attitude.rotate(touch_accel_).unit(kUp), 1.0f);
  } else {
    const Vec3 mean = (touch_.velocity + kUp * (touch_.seconds * kGravity)).unit(kUp);
    const float gain = anchor_ == Anchor::kGuess ? 1.0f : std::min(1.0f, touch_.seconds) * p::kSwingLevelGain;
    fix = upright(mean, gain);
  }
  // What was integrated since then starts from rest and turns with the corrected attitude, gravity excepted.
  Swing &s = swing_;
  const float t = s.seconds - touch_.seconds;
  const Vec3 fall_v = kUp * (kGravity * t), fall_p = kUp * (0.5f * kGravity * t * t);
  s.position = fix.rotate(s.position - touch_.position - touch_.velocity * t + fall_p) - fall_p;
  s.velocity = fix.rotate(s.velocity - touch_.velocity + fall_v) - fall_v;
  s.attitude = fix * s.attitude;
  s.attitude.straighten();
  s.seconds = t;
  s.gap_s = std::max(0.0f, s.gap_s - touch_.seconds);
  s.peak_rate2 = after_rate2_;
  s.peak_speed2 = after_speed2_;
  s.turn = after_turn_;
  start_ = fix * touch_.attitude;
  start_us_ = touch_us_;
  start_rate_ = touch_rate_;
  anchor_ = anchor_ == Anchor::kNone ? Anchor::kGuess : Anchor::kTouch;
  forget_touch();
  return stride;
}

/// A stride from the last rest to `end`; false for what is only a fidget.
bool StrideDetector::close(const Swing &end, const Vec3 &end_rate, uint64_t end_us, RawStride &out) const {
  if (end.peak_rate2 < rate2(p::kSwingMinPeakDps) || end.seconds < p::kSwingMinS) return false;
  out.start_us = start_us_;
  out.end_us = end_us;
  // What the gap hid came at once, in its middle; other errors grow steadily.
  const float drift_s = end.gap_s > 0 ? end.seconds - end.gap_s : 0.5f * end.seconds;
  // A foot that rolls about its sole carries the pod along at both ends, unseen by a zero speed there.
  const Vec3 rates = start_.rotate(start_rate_) + end.attitude.rotate(end_rate);
  const Vec3 carried = rates.cross(kUp) * (0.5f * end.seconds * p::kPodHeightM);
  const Vec3 moved = end.position - end.velocity * drift_s + carried;
  const Quat to_pod = start_.conjugate();
  out.up = to_pod.rotate(kUp);
  out.displacement = Quat::between(out.up, kUp).rotate(to_pod.rotate(moved));
  out.tilt_cos = out.up.dot(end.attitude.conjugate().rotate(kUp));
  const Quat turned = end.attitude * to_pod;
  out.yaw_rad = wrap_angle(2.0f * std::atan2(turned.z, turned.w));
  out.residual_ms = end.velocity.norm();
  out.peak_dps = std::sqrt(end.peak_rate2) * kDegPerRad;
  out.peak_ms = std::sqrt(end.peak_speed2);
  out.bridged = end.gap_s > 0;
  out.turn = end.turn;
  return true;
}

}  // namespace retrostep
